import { FLAG_QR } from '../../dns/message.ts'
import type { TruthExchange, TruthHead } from './truth.ts'

/** What a packet looks like to whoever labels it. */
export interface LabelledFlow {
  /** Dotted decimal, or IPv6. */
  readonly source: string
  readonly sourcePort: number
  readonly destination: string
  readonly destinationPort: number
  readonly id: number
  readonly flags: number
  readonly qname: string
  readonly qtype: number
}

/**
 * Says of each packet which transfer it is part of, by its client, port, id, name and type: neither by its time nor by its place, so
 * that captures may be put in another order and have other traffic in them.
 */
export class TruthIndex {
  /** Exchanges of transfers that no packet was found of yet. */
  readonly missing: Set<string>
  private readonly byKey: ReadonlyMap<string, TruthExchange>
  private readonly head: TruthHead

  constructor({ head, exchanges }: { readonly head: TruthHead; readonly exchanges: readonly TruthExchange[] }) {
    this.head = head
    this.byKey = new Map(exchanges.map((exchange) => [keyOfTruth(exchange), exchange]))
    this.missing = new Set(this.byKey.keys())
  }

  /** The exchange that the packet is of; undefined where it is benign. */
  find(flow: LabelledFlow): TruthExchange | undefined {
    const isResponse = (flow.flags & FLAG_QR) !== 0
    const [client, port] = isResponse ? [flow.destination, flow.destinationPort] : [flow.source, flow.sourcePort]
    const key = `${client}|${port}|${flow.id}|${flow.qtype}|${flow.qname.toLowerCase()}`
    this.missing.delete(key)
    return this.byKey.get(key)
  }

  /** Why the truth cannot be that of the capture just read; undefined where it can. */
  doubt(): string | undefined {
    const { size } = this.byKey
    if (size === 0 || this.missing.size * 2 <= size) return undefined
    return `Of ${size} exchanges of transfers in the truth ${this.missing.size} are not in the capture (seed ${this.head.seed}): it is the truth of another one.`
  }
}

function keyOfTruth({ client, clientPort, id, qtype, qname }: TruthExchange): string {
  return `${client}|${clientPort}|${id}|${qtype}|${qname.toLowerCase()}`
}
