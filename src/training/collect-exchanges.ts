import { domainPart, TEST_PARTS } from '../datasets/fold.ts'
import type { ManifestRow } from '../datasets/manifest.ts'
import { observeRow } from '../datasets/observe-row.ts'
import type { CanonicalBatch } from '../detect/canonical-batch.ts'
import type { Thresholds } from '../detect/detection-model.ts'
import type { ScoreTap } from '../detect/partition.ts'
import { parseName } from '../dns/name.ts'
import { hashed, hashOctets } from '../stats/hash.ts'
import type { LanguageModels } from './collect-names.ts'
import { untrainedModel } from './untrained-model.ts'

/** Novel exchanges of a tunnel that train: what comes after says the same again. */
const EXCHANGES_A_TUNNEL = 80
/** Novel exchanges of one benign domain that train. */
const EXCHANGES_A_DOMAIN = 60

/** One novel exchange as the query model is trained on it. */
export interface TrainingExchange {
  readonly names: Float64Array
  readonly answers: Float64Array
  /** Whether a response was seen; others train the names arm alone. */
  readonly answered: boolean
  readonly attack: boolean
  /** No group stands on both sides of a split: the capture of a tunnel, the registered domain of a benign name. */
  readonly group: number
  readonly family: string
  readonly network: string
  readonly list: boolean
}

/**
 * Collects novel exchanges of the training rows. Benign ones are described with a language model that never saw their
 * domain, as every domain at run time is one it never saw. Tunnels never enter the language model at all.
 */
export async function collectExchanges(
  rows: readonly ManifestRow[],
  language: LanguageModels,
  thresholds: Thresholds,
): Promise<TrainingExchange[]> {
  const exchanges: TrainingExchange[] = []
  for (const row of rows) {
    if (row.format === 'loshmii') continue
    const attackDomains = new Set(row.domains.map(hashName))
    const list = row.format === 'list'
    const take = (attack: boolean, group: number): ScoreTap => {
      return (canonical, index, _prefix, scorer) => {
        exchanges.push({
          names: scorer.namesRow.slice(),
          answers: scorer.answersRow.slice(),
          answered: canonical.batch.rcode[index] >= 0,
          attack,
          group,
          family: attack ? row.family : 'benign',
          network: row.network,
          list,
        })
      }
    }
    if (row.label !== 'benign') {
      let kept = 0
      hashOctets(Buffer.from(row.group), 0, row.group.length, 1, false)
      const attack = take(true, hashed.lo)
      await observeRow(row, untrainedModel(thresholds, language.all), {
        tap: (canonical, index, prefix, scorer, whole) => {
          if (whole || !attackDomains.has(domainKey(canonical, index)) || kept >= EXCHANGES_A_TUNNEL) return
          kept++
          attack(canonical, index, prefix, scorer, whole)
        },
      })
      continue
    }
    for (const part of [0, 1]) {
      const seen = new Map<number, number>()
      await observeRow(row, untrainedModel(thresholds, language.without[part]), {
        tap: (canonical, index, prefix, scorer, whole) => {
          const lo = canonical.domainLo[index]
          const hi = canonical.domainHi[index]
          if (domainPart(lo, hi, 2) !== part || domainPart(lo, hi, TEST_PARTS) === 0) return
          const names = (seen.get(lo) ?? 0) + 1
          seen.set(lo, names)
          if (names <= EXCHANGES_A_DOMAIN) take(false, lo)(canonical, index, prefix, scorer, whole)
        },
      })
    }
  }
  return exchanges
}

function hashName(text: string): string {
  const wire = new Uint8Array(255)
  const length = parseName(text, wire, 0)
  hashOctets(wire, 0, Math.max(0, length), 0, true)
  return `${hashed.lo},${hashed.hi}`
}

function domainKey(canonical: CanonicalBatch, row: number): string {
  return `${canonical.domainLo[row]},${canonical.domainHi[row]}`
}
