import type { CanonicalBatch } from '../detect/canonical-batch.ts'
import type { Detector } from '../detect/detector.ts'
import { FlowJoin, type Joined } from '../detect/flows/flow-join.ts'
import { RowFlows } from '../detect/flows/row-flows.ts'
import type { FlowSource } from '../sources/flows/flow-source.ts'

/** Flows of one observation: those that logs hold, and those that messages of captures make, if asked for. */
export class ScanFlows {
  private readonly sources: readonly FlowSource[]
  /** Only where there is a log to join: it is the larger part of what flows cost. */
  private readonly join: FlowJoin | undefined
  private readonly ofRows: RowFlows | undefined
  private detector: Detector | undefined

  constructor(sources: readonly FlowSource[], packets: boolean) {
    this.sources = sources
    this.join = sources.length > 0 ? new FlowJoin() : undefined
    this.ofRows = packets
      ? new RowFlows((flow) => this.detector?.stateOf(flow.domainLo, flow.domainHi, flow.timeMs)?.addFlow(flow))
      : undefined
  }

  /** Sees the rows that are about to be booked. A flow that ends with them began before, so its domain was booked by then. */
  addRows(rows: CanonicalBatch, detector: Detector | undefined): void {
    this.detector = detector
    this.join?.addRows(rows)
    this.ofRows?.addRows(rows)
  }

  /** Reads the logs of flows and gives every domain what was its own. */
  async finish(detector: Detector, signal: AbortSignal): Promise<Joined | undefined> {
    this.detector = detector
    this.ofRows?.finish()
    for (const source of this.sources) {
      for await (const flows of source.read(signal)) this.join?.addFlows(flows, detector)
    }
    return this.join && { ...this.join.counts, hidden: this.join.hidden.list() }
  }
}
