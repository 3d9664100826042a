import { domainHash, rowDomainHash } from '../../datasets/domain-hash.ts'
import type { ManifestRow } from '../../datasets/manifest.ts'
import { toolOf } from '../../datasets/tools.ts'
import type { CanonicalBatch } from '../../detect/canonical-batch.ts'
import type { DetectionModel } from '../../detect/detection-model.ts'
import type { DetectorOptions } from '../../detect/detector.ts'
import { judgeRow, type RowVerdict } from '../../detect/row-verdict.ts'
import { armFeatures } from '../../features/query/index.ts'
import { observe } from '../../pipeline/run.ts'
import type { Source } from '../../sources/source.ts'
import type { Unit } from './unit.ts'
import { UnitBuilder } from './unit-builder.ts'

/** Rows of one tunnel, and of one benign domain, that are taken: what comes later says the same again. */
const TUNNEL_ROWS = 80
const DOMAIN_ROWS = 60

/** What traffic is read, and how it is labelled. */
export interface UnitSource {
  readonly id: string
  readonly source: Source
  /** Registered domains of a tunnel; none where all is benign. */
  readonly domains: readonly string[]
  readonly tool: string
  /** Times are stretched by this. */
  readonly slower?: number
}

/** Names of the columns of every unit. */
export const UNIT_FEATURES: readonly string[] = armFeatures('answers').map(({ name }) => name)

/** Reads traffic once with the product, and keeps what its query model saw and what the product said. */
export async function collectUnits(
  { id, source, domains, tool, slower = 1 }: UnitSource,
  model: DetectionModel,
): Promise<Unit[]> {
  const attackDomains = new Set(domains.map(domainHash))
  const builders = new Map<string, UnitBuilder>()
  const verdict: RowVerdict = { score: 0, malicious: false, state: undefined, reasons: [] }
  const features = new Float64Array(UNIT_FEATURES.length)
  let scored = -1
  let firstMs = Number.NaN
  const options: DetectorOptions = {
    timed: true,
    onRows({ batch }: CanonicalBatch) {
      for (let row = 0; row < batch.rows; row++) {
        if (Number.isNaN(firstMs)) firstMs = batch.timeMs[row]
        batch.timeMs[row] = firstMs + (batch.timeMs[row] - firstMs) * slower
      }
    },
    tap(_rows, row, _prefix, scorer, whole) {
      if (whole) return
      scored = row
      features.set(scorer.answersRow)
    },
    onBooked(rows, row, partition) {
      if (scored !== row) return
      scored = -1
      const domain = rowDomainHash(rows, row)
      const attack = attackDomains.has(domain)
      // Of a file with tunnels only these are labelled.
      if (attackDomains.size > 0 && !attack) return
      const key = attack ? '' : domain
      let builder = builders.get(key)
      if (!builder) {
        builder = new UnitBuilder(attack ? id : `${id} ${domain}`, attack, attack ? tool : 'benign')
        builders.set(key, builder)
      }
      if (builder.rows >= (attack ? TUNNEL_ROWS : DOMAIN_ROWS)) return
      judgeRow(rows, row, partition, model, verdict)
      const accountRatio = verdict.state?.peaks.account ?? 0
      builder.add(features, rows.batch.timeMs[row], {
        probability: verdict.score,
        fired: verdict.malicious,
        accountRatio,
      })
    },
  }
  await observe([source], model, options, new AbortController().signal)
  return [...builders.values()].map((builder) => builder.build())
}

/** The tool of a manifest's tunnel. */
export function toolOfRow({ label, family }: ManifestRow): string {
  return label === 'benign' ? 'benign' : toolOf(family)
}
