import type { CanonicalBatch } from '../detect/canonical-batch.ts'
import type { Thresholds } from '../detect/detection-model.ts'
import type { PrefixLanguage } from '../detect/name-code.ts'
import type { ScoreTap } from '../detect/partition.ts'
import { domainHash, rowDomainHash } from './domain-hash.ts'
import { domainPart, isTestDomain } from './fold.ts'
import type { ManifestRow } from './manifest.ts'
import { observeRow } from './observe-row.ts'
import { untrainedModel } from './untrained-model.ts'

/** Novel exchanges of a tunnel that are taken: what comes after says the same again. */
const EXCHANGES_A_TUNNEL = 80
/** Novel exchanges of one benign domain that are taken. */
const EXCHANGES_A_DOMAIN = 60

/** Codes that describe names: one of everything benign, and two that each never saw half of the domains. */
export interface Languages {
  readonly all: PrefixLanguage
  /** `without[part]` never saw a domain whose `domainPart` of 2 is `part`; twice the same where nobody held out any. */
  readonly without: readonly [PrefixLanguage, PrefixLanguage]
}

/** One code for everything: that of a trained model, which has seen benign domains of its own training files. */
export function oneLanguage(code: PrefixLanguage): Languages {
  return { all: code, without: [code, code] }
}

/** One novel exchange of labelled traffic. Reused by the next: copy what is kept. */
export interface Exchange {
  readonly of: ManifestRow
  readonly attack: boolean
  readonly rows: CanonicalBatch
  readonly row: number
  readonly names: Float64Array
  /** As `names`, and of the answer; unknowns where no response was seen. */
  readonly answers: Float64Array
  /** A benign domain that nothing may train on. */
  readonly test: boolean
}

/**
 * Shows the novel exchanges of labelled captures and logs. Of a file with tunnels only these are labelled, so the rest
 * of it is left out. Benign exchanges are described with a code that never saw their domain, as every domain at run time
 * is one it never saw.
 */
export async function eachExchange(
  rows: readonly ManifestRow[],
  languages: Languages,
  thresholds: Thresholds,
  take: (exchange: Exchange) => void,
): Promise<void> {
  for (const of of rows) {
    if (of.format === 'loshmii') continue
    const observe = (language: PrefixLanguage, tap: ScoreTap) =>
      observeRow(of, untrainedModel(thresholds, language), { tap })
    const show = (attack: boolean, test: boolean): ScoreTap => {
      return (canonical, row, _prefix, { namesRow, answersRow }) =>
        take({ of, attack, rows: canonical, row, names: namesRow, answers: answersRow, test })
    }
    if (of.label === 'benign') {
      const [first, second] = languages.without
      if (first === second) await observe(first, benignTap(undefined, show))
      else for (const part of [0, 1]) await observe(languages.without[part], benignTap(part, show))
    } else await observe(languages.all, tunnelTap(of, show(true, false)))
  }
}

function tunnelTap(of: ManifestRow, show: ScoreTap): ScoreTap {
  const attackDomains = new Set(of.domains.map(domainHash))
  const kept = new Map<string, number>()
  return (canonical, row, prefix, scorer, whole) => {
    const domain = rowDomainHash(canonical, row)
    if (whole || !attackDomains.has(domain)) return
    // A tunnel is what the manifest calls one, over however many domains; where it calls it nothing, each domain is one.
    const tunnel = of.group === '' ? domain : ''
    const exchanges = (kept.get(tunnel) ?? 0) + 1
    kept.set(tunnel, exchanges)
    if (exchanges > EXCHANGES_A_TUNNEL) return
    show(canonical, row, prefix, scorer, whole)
  }
}

function benignTap(part: number | undefined, show: (attack: boolean, test: boolean) => ScoreTap): ScoreTap {
  const seen = new Map<number, number>()
  return (canonical, row, prefix, scorer, whole) => {
    const lo = canonical.domainLo[row]
    const hi = canonical.domainHi[row]
    if (part !== undefined && domainPart(lo, hi, 2) !== part) return
    const names = (seen.get(lo) ?? 0) + 1
    seen.set(lo, names)
    if (names <= EXCHANGES_A_DOMAIN) show(false, isTestDomain(lo, hi))(canonical, row, prefix, scorer, whole)
  }
}
