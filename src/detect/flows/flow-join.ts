import type { FlowBatch } from '../../batch/flow-batch.ts'
import { hashTuple } from '../../stats/flow-hash.ts'
import { hashed } from '../../stats/hash.ts'
import { type CanonicalBatch, NAME_CLASS } from '../canonical-batch.ts'
import type { Detector } from '../detector.ts'
import { EncryptedDns, type HiddenDns } from './encrypted-dns.ts'
import { FlowIndex } from './flow-index.ts'

/** Flows remembered until theirs come: 37 octets each. */
const FLOWS_MAX = 1 << 21
/** Clocks of two sensors, or of two threads of one, differ by this much. */
const SLACK_MS = 5000

/** The counts, and the flows that may carry names unseen. */
export interface Joined extends JoinCounts {
  readonly hidden: readonly HiddenDns[]
}

/** What was joined and what was not, on both sides. */
export interface JoinCounts {
  /** Rows of DNS, and those whose flow was found. */
  rows: number
  rowsJoined: number
  /** Flows read, and those that some row was asked over. */
  flows: number
  flowsJoined: number
  /** Of the joined: over which names of several domains were asked, so that they are nobody's evidence. */
  flowsShared: number
  /** Flows without an octet either way. */
  flowsEmpty: number
  /** Joined by client, server, ports and time, as they bore no id that a row bears. */
  flowsByTuple: number
  /** Flows whose rows were forgotten before they came, at least. */
  evicted: number
}

/**
 * Joins flows to the domains that were asked for over them: by the id that Zeek gives both, else by client, server, ports and time.
 * Names come first (as rows are booked), then flows, in any order; memory is the same for any number of either.
 */
export class FlowJoin {
  readonly counts: JoinCounts = {
    ...{ rows: 0, rowsJoined: 0, flows: 0, flowsJoined: 0, flowsShared: 0, flowsEmpty: 0, flowsByTuple: 0, evicted: 0 },
  }
  /** Flows that may carry names that no row shows. */
  readonly hidden: EncryptedDns = new EncryptedDns()
  private readonly index: FlowIndex

  constructor(flowsMax: number = FLOWS_MAX) {
    this.index = new FlowIndex(flowsMax)
  }

  /** Notes over which flows the rows were asked. */
  addRows({ batch, domainLo, domainHi, nameClass }: CanonicalBatch): void {
    for (let row = 0; row < batch.rows; row++) {
      this.counts.rows++
      let lo = batch.flowLo[row]
      let hi = batch.flowHi[row]
      if (lo === 0 && hi === 0) {
        if (batch.clientPort[row] === 0) continue
        const { clientWords, resolverWords, clientPort, resolverPort, transport } = batch
        hashTuple(clientWords, resolverWords, row, clientPort[row], resolverPort[row], transport[row])
        lo = hashed.lo
        hi = hashed.hi
      }
      const isDomain = nameClass[row] !== NAME_CLASS.none
      this.index.note(lo, hi, isDomain ? domainLo[row] : 0, isDomain ? domainHi[row] : 0, batch.timeMs[row])
    }
  }

  /** Adds each flow that was one domain's to that domain's sums. */
  addFlows(flows: FlowBatch, detector: Detector): void {
    for (let row = 0; row < flows.rows; row++) this.addFlow(flows, row, detector)
    this.counts.evicted = this.index.evicted
  }

  private addFlow(flows: FlowBatch, row: number, detector: Detector): void {
    const { counts, index } = this
    counts.flows++
    const facts = {
      timeMs: flows.timeMs[row],
      durationMs: flows.durationMs[row],
      clientBytes: flows.clientBytes[row],
      serverBytes: flows.serverBytes[row],
    }
    if (!(facts.clientBytes + facts.serverBytes !== 0)) counts.flowsEmpty++
    const at = this.find(flows, row)
    if (at < 0) {
      this.hidden.add(flows, row)
      return
    }
    counts.flowsJoined++
    counts.rowsJoined += index.join(at)
    if (index.isMixed(at)) {
      counts.flowsShared++
      return
    }
    const [lo, hi] = index.domainOf(at)
    const state = detector.stateOf(lo, hi, facts.timeMs)
    state?.addFlow(facts)
  }

  private find(flows: FlowBatch, row: number): number {
    const byId = this.index.find(flows.flowLo[row], flows.flowHi[row])
    if (byId >= 0 && flows.flowLo[row] + flows.flowHi[row] > 0) return byId
    const { clientWords, serverWords, clientPort, serverPort, transport } = flows
    hashTuple(clientWords, serverWords, row, clientPort[row], serverPort[row], transport[row])
    const byTuple = this.index.find(hashed.lo, hashed.hi)
    const toMs = flows.timeMs[row] + (Number.isFinite(flows.durationMs[row]) ? flows.durationMs[row] : 0)
    if (byTuple < 0 || !this.index.isNear(byTuple, flows.timeMs[row], toMs, SLACK_MS)) return -1
    this.counts.flowsByTuple++
    return byTuple
  }
}
