import { producerRatio, shrunkProducerRatio } from '../../features/flow/producer-ratio.ts'

/** What a flow adds to its domain's sums. Octets that nobody counted are NaN and add nothing. */
export interface FlowFacts {
  readonly timeMs: number
  readonly durationMs: number
  readonly clientBytes: number
  readonly serverBytes: number
}

/** Sums over the flows that were a domain's alone. */
export class FlowTally {
  flows = 0
  /** Flows without an octet of payload either way: rejected, or asked and never answered by anybody. */
  empty = 0
  clientBytes = 0
  serverBytes = 0
  /** The sum of the lengths of those that have one. */
  lengthMs = 0
  firstMs = Number.POSITIVE_INFINITY
  lastMs = Number.NEGATIVE_INFINITY

  add(flow: FlowFacts): void {
    this.flows++
    const both = known(flow.clientBytes) + known(flow.serverBytes)
    if (both === 0) this.empty++
    this.clientBytes += known(flow.clientBytes)
    this.serverBytes += known(flow.serverBytes)
    const lengthMs = known(flow.durationMs)
    this.lengthMs += lengthMs
    this.firstMs = Math.min(this.firstMs, flow.timeMs)
    this.lastMs = Math.max(this.lastMs, flow.timeMs + lengthMs)
  }

  /** Producer-consumer ratio of all flows together; NaN where there was no octet. */
  get producerRatio(): number {
    return producerRatio(this.clientBytes, this.serverBytes)
  }

  get shrunkProducerRatio(): number {
    return shrunkProducerRatio(this.clientBytes, this.serverBytes)
  }

  /** Share of the time from the first flow to the end of the last in which one was open; 1 at most, as flows may overlap. */
  get dutyCycle(): number {
    const spanMs = this.lastMs - this.firstMs
    return spanMs > 0 ? Math.min(1, this.lengthMs / spanMs) : Number.NaN
  }
}

function known(value: number): number {
  return Number.isFinite(value) ? value : 0
}
