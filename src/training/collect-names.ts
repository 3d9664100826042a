import { domainPart, isTestDomain } from '../datasets/fold.ts'
import type { ManifestRow } from '../datasets/manifest.ts'
import { observeRow } from '../datasets/observe-row.ts'
import { untrainedModel } from '../datasets/untrained-model.ts'
import type { Thresholds } from '../detect/detection-model.ts'
import type { ByteLanguageModel } from '../models/byte-language-model.ts'
import { ByteLanguageModelTrainer } from '../models/train-byte-language-model.ts'
import { hashed, hashOctets } from '../stats/hash.ts'
import { readIspPrefixes } from './isp-prefixes.ts'

/** Language models of benign prefixes: one of all training domains, and one without each half of them. */
export interface LanguageModels {
  readonly all: ByteLanguageModel
  /** `without[part]` never saw a domain whose {@link domainPart} of 2 is `part`. */
  readonly without: readonly [ByteLanguageModel, ByteLanguageModel]
  readonly prefixes: number
}

/** Names of one domain count this many times at most, so that one sweep of hosts does not become the language. */
const NAMES_A_DOMAIN = 40

/**
 * Learns how benign prefixes are written, each distinct (domain, prefix) of a file once, at most 40 a domain. The test
 * part of every benign file is left out.
 */
export async function trainLanguage(rows: readonly ManifestRow[], thresholds: Thresholds): Promise<LanguageModels> {
  const all = new ByteLanguageModelTrainer()
  const without = [new ByteLanguageModelTrainer(), new ByteLanguageModelTrainer()] as const
  let prefixes = 0
  const add = (bytes: Uint8Array, length: number, lo: number, hi: number) => {
    prefixes++
    all.add(bytes, 1, 0, length)
    without[1 - domainPart(lo, hi, 2)].add(bytes, 1, 0, length)
  }
  for (const row of rows) {
    if (row.format === 'loshmii') {
      for (const prefix of readIspPrefixes(row)) {
        const bytes = Buffer.from(prefix, 'latin1')
        hashOctets(bytes, 0, bytes.length, 0, false)
        add(bytes, bytes.length, hashed.lo, hashed.hi)
      }
      continue
    }
    const seen = new Map<number, number>()
    await observeRow(row, untrainedModel(thresholds), {
      tap: (canonical, index, prefix, _scorer, whole) => {
        const lo = canonical.domainLo[index]
        const hi = canonical.domainHi[index]
        if (whole || isTestDomain(lo, hi)) return
        const names = (seen.get(lo) ?? 0) + 1
        seen.set(lo, names)
        if (names <= NAMES_A_DOMAIN) add(prefix.bytes, prefix.length, lo, hi)
      },
    })
  }
  return { all: all.build(), without: [without[0].build(), without[1].build()], prefixes }
}
