import type { DetectionModel } from './detection-model.ts'
import type { DomainState, Peaks } from './domain-state.ts'
import { type Fused, fuse, type NamedRatio } from './fusion.ts'
import type { SideReading } from './side-detector.ts'

/** The peaks in the order of the fusion's weights and of the detectors' names. */
export function peakRatios({ account, downlink, answers, names }: Peaks): number[] {
  return [account, downlink, answers, names]
}

/** What the model's side detectors read of a domain, in their order; those with nothing to read are absent. */
export function readSides(state: DomainState, { sides }: DetectionModel): (NamedRatio & SideReading)[] {
  return sides.flatMap((side) => {
    const reading = side.read(state)
    return reading === undefined ? [] : [{ name: side.name, ...reading }]
  })
}

/** The fused score of a domain as it stands. */
export function fuseDomain(state: DomainState, model: DetectionModel, sides: readonly NamedRatio[]): Fused {
  return fuse(model.fusion, peakRatios(state.peaks), sides)
}
