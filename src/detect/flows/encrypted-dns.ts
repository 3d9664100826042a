import { formatAddress } from '../../batch/address.ts'
import { TRANSPORT } from '../../batch/dns-batch.ts'
import type { FlowBatch } from '../../batch/flow-batch.ts'
import { shrunkProducerRatio } from '../../features/flow/producer-ratio.ts'

/** How names may leave without a dns.log that shows them: by port, by a resolver that is known, or as something else on port 53. */
export type HiddenKind = 'dot' | 'doq' | 'doh' | 'not-dns-on-53'

/** What one client sent to one server that way. */
export interface HiddenDns {
  readonly client: string
  readonly server: string
  readonly kind: HiddenKind
  readonly flows: number
  readonly bytesOut: number
  readonly bytesIn: number
  /** From the first flow to the end of the last. */
  readonly spanMs: number
  /** An upload that went on: more out than in, and more than names take, for ten minutes. Weak: what was said is not to be seen. */
  readonly isUpload: boolean
}

const PORT_DNS = 53
const PORT_TLS = 853
const PORT_HTTPS = 443
/** Public resolvers that answer over HTTPS at addresses of their own (their operators' documentation, 2026). */
const RESOLVERS: ReadonlySet<string> = new Set([
  ...['1.1.1.1', '1.0.0.1', '1.1.1.2', '1.0.0.2', '1.1.1.3', '1.0.0.3', '2606:4700:4700::1111', '2606:4700:4700::1001'],
  ...['8.8.8.8', '8.8.4.4', '2001:4860:4860::8888', '2001:4860:4860::8844'],
  ...['9.9.9.9', '149.112.112.112', '9.9.9.10', '149.112.112.10', '2620:fe::fe', '2620:fe::9'],
  ...['94.140.14.14', '94.140.15.15', '94.140.14.15', '94.140.15.16', '208.67.222.222', '208.67.220.220'],
  ...['185.228.168.168', '185.228.168.9', '76.76.2.0', '76.76.10.0', '45.90.28.0', '45.90.30.0'],
])
/** Zeek's words for what it took a flow for. */
const ENCRYPTED = /(^|,)(ssl|tls|quic)(,|$)/
const DNS = /(^|,)dns(,|$)/

/** A question over HTTPS takes some 200 octets with its headers, an answer more: what sends more than it gets for this long carries something. */
const UPLOAD_RATIO = 0
const UPLOAD_OCTETS = 64 * 1024
const UPLOAD_MS = 600_000
/** Pairs of client and server that are followed. */
const PAIRS_MAX = 10_000

interface Sums {
  readonly client: string
  readonly server: string
  readonly kind: HiddenKind
  flows: number
  bytesOut: number
  bytesIn: number
  firstMs: number
  lastMs: number
}

/** Sums the flows that may carry names nobody sees. Past ten thousand pairs new ones are not followed. */
export class EncryptedDns {
  private readonly pairs = new Map<string, Sums>()

  add(flows: FlowBatch, row: number): void {
    const server = formatAddress(flows.server, row * 16)
    const kind = kindOf(flows, row, server)
    if (kind === undefined) return
    const client = formatAddress(flows.client, row * 16)
    const key = `${client} ${server} ${kind}`
    const firstMs = flows.timeMs[row]
    const sums = this.pairs.get(key) ?? {
      client,
      server,
      kind,
      flows: 0,
      bytesOut: 0,
      bytesIn: 0,
      firstMs,
      lastMs: firstMs,
    }
    if (sums.flows === 0) {
      if (this.pairs.size >= PAIRS_MAX) return
      this.pairs.set(key, sums)
    }
    sums.flows++
    sums.bytesOut += known(flows.clientBytes[row])
    sums.bytesIn += known(flows.serverBytes[row])
    sums.firstMs = Math.min(sums.firstMs, firstMs)
    sums.lastMs = Math.max(sums.lastMs, firstMs + known(flows.durationMs[row]))
  }

  /** Every pair, uploads first, then by octets out. */
  list(): HiddenDns[] {
    return [...this.pairs.values()]
      .map(({ firstMs, lastMs, ...sums }) => {
        const spanMs = lastMs - firstMs
        const ratio = shrunkProducerRatio(sums.bytesOut, sums.bytesIn)
        const isUpload = ratio > UPLOAD_RATIO && sums.bytesOut >= UPLOAD_OCTETS && spanMs >= UPLOAD_MS
        return { ...sums, spanMs, isUpload }
      })
      .sort(
        (a, b) => Number(b.isUpload) - Number(a.isUpload) || b.bytesOut - a.bytesOut || (a.client < b.client ? -1 : 1),
      )
  }
}

function kindOf(flows: FlowBatch, row: number, server: string): HiddenKind | undefined {
  const port = flows.serverPort[row]
  const service = flows.service[row]
  const octets = known(flows.clientBytes[row]) + known(flows.serverBytes[row])
  if (octets === 0) return undefined
  if (port === PORT_TLS) return flows.transport[row] === TRANSPORT.udp ? 'doq' : 'dot'
  if (port === PORT_DNS) return service !== '' && !DNS.test(service) ? 'not-dns-on-53' : undefined
  if (port !== PORT_HTTPS || !RESOLVERS.has(server)) return undefined
  return service === '' || ENCRYPTED.test(service) ? 'doh' : undefined
}

function known(value: number): number {
  return Number.isFinite(value) ? value : 0
}
