import { NAME_CLASS } from '../detect/canonical-batch.ts'
import type { DetectionModel } from '../detect/detection-model.ts'
import { peakRatios, readSides } from '../detect/domain-ratios.ts'
import type { DomainState } from '../detect/domain-state.ts'
import { type RowFlow, RowFlows } from '../detect/flows/row-flows.ts'
import { type NamedRatio, RATIO_MAX } from '../detect/fusion.ts'
import { presentName } from '../detect/present.ts'
import { domainValues, sideValues } from '../detect/signals.ts'
import type { ManifestRow } from './manifest.ts'
import { observeRow } from './observe-row.ts'

/** What the finished detectors say of every domain of the training rows. */
export interface DomainReading {
  readonly row: ManifestRow
  readonly domain: string
  readonly attack: boolean
  readonly ratios: readonly number[]
  /** What the side detectors read. */
  readonly sides: readonly NamedRatio[]
  readonly values: Readonly<Record<string, number>>
  readonly names: number
}

/** Runs the detectors over the timed training rows and reads every domain with rich state. */
export async function readDomains(rows: readonly ManifestRow[], model: DetectionModel): Promise<DomainReading[]> {
  const readings: DomainReading[] = []
  for (const row of rows) {
    if (row.format === 'list' || row.format === 'loshmii') continue
    const flows: RowFlow[] = []
    const ofRows = new RowFlows((flow) => flows.push({ ...flow }))
    const { detector } = await observeRow(row, model, { onRows: (batch) => ofRows.addRows(batch) })
    ofRows.finish()
    for (const flow of flows) detector.stateOf(flow.domainLo, flow.domainHi, flow.timeMs)?.addFlow(flow)
    for (const partition of detector.partitions) {
      for (const state of partition.rich.values()) {
        if (state.nameClass !== NAME_CLASS.ordinary && state.nameClass !== NAME_CLASS.invented) continue
        // Look-up services are told apart by their own rule; the score need not learn them.
        if (state.lookup !== undefined && state.alert === undefined) continue
        readings.push(readingOf(state, row, model))
      }
    }
  }
  return readings
}

function readingOf(state: DomainState, row: ManifestRow, model: DetectionModel): DomainReading {
  const sides = readSides(state, model)
  const domain = presentName(state.domain)
  return {
    row,
    domain,
    attack: row.domains.includes(domain),
    ratios: peakRatios(state.peaks).map((ratio) => Math.min(RATIO_MAX, ratio)),
    sides,
    values: { ...domainValues(state), ...sideValues(sides) },
    names: state.novelNames,
  }
}

/** What a side detector read of a domain, cut as the fusion cuts it; 0 where it had nothing to read. */
export function sideRatio({ sides }: DomainReading, name: string): number {
  return Math.min(RATIO_MAX, sides.find((side) => side.name === name)?.ratio ?? 0)
}
