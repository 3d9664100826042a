import { hashed, hashOctets } from '../../stats/hash.ts'
import { countMalformed } from '../input-counts.ts'
import type { InputCounts } from '../source.ts'
import type { Flow } from './flow.ts'
import { ip } from './ip.ts'
import { Reassembly } from './reassembly.ts'

const DATAGRAMS_MAX = 1024
const OCTETS_MAX = 16 << 20
/** Linux gives a datagram 30 s (net.ipv4.ipfrag_time), RFC 8200 60 s; the identification comes round again. */
const AGE_MAX_MS = 30_000
const KEY_OCTETS = 37

/**
 * Puts fragmented datagrams together, by source, destination, protocol and identification (RFC 791 3.2, RFC 8200 4.5).
 *
 * Bounded in datagrams, octets and age of packet time: the oldest goes first and is counted `fragment-incomplete`.
 * Octets that came first stand (`fragment-overlap` is counted): RFC 5722 would drop the whole datagram, but hosts
 * differ, and a detector must not lose what one of them reads.
 */
export class Fragments {
  /** Oldest first, since a Map keeps the order of insertion. */
  private readonly pending = new Map<number, Reassembly>()
  private readonly counts: readonly InputCounts[]
  private readonly key = new Uint8Array(KEY_OCTETS)
  private octets = 0

  constructor(counts: readonly InputCounts[]) {
    this.counts = counts
  }

  /** Adds the fragment that {@link ip} describes; the whole payload once it is complete. */
  add(flow: Flow, bytes: Uint8Array): Uint8Array | undefined {
    this.expire(flow.timeMs)
    const hash = this.writeKey(flow)
    let datagram = this.pending.get(hash)
    if (datagram !== undefined && !sameKey(datagram.key, this.key)) {
      this.drop(hash, datagram)
      datagram = undefined
    }
    if (datagram === undefined) {
      datagram = new Reassembly(this.key.slice(), flow.timeMs, flow.input)
      this.pending.set(hash, datagram)
      this.octets += datagram.bytes.length
    }
    const before = datagram.bytes.length
    const wasOverlapped = datagram.overlapped
    if (!datagram.add(bytes, ip.payloadStart, ip.payloadEnd, ip.fragmentOffset, ip.moreFragments)) {
      countMalformed(this.counts[flow.input], 'fragment-invalid')
      return undefined
    }
    if (datagram.overlapped && !wasOverlapped) countMalformed(this.counts[flow.input], 'fragment-overlap')
    this.octets += datagram.bytes.length - before
    if (!datagram.complete) return undefined
    this.pending.delete(hash)
    this.octets -= datagram.bytes.length
    return datagram.bytes.subarray(0, datagram.total)
  }

  /** Counts what was never completed. */
  finish(): void {
    for (const [hash, datagram] of this.pending) this.drop(hash, datagram)
  }

  private expire(timeMs: number): void {
    for (const [hash, datagram] of this.pending) {
      const old = Math.abs(timeMs - datagram.timeMs) > AGE_MAX_MS
      if (!old && this.pending.size < DATAGRAMS_MAX && this.octets < OCTETS_MAX) return
      this.drop(hash, datagram)
    }
  }

  private drop(hash: number, datagram: Reassembly): void {
    countMalformed(this.counts[datagram.input], 'fragment-incomplete')
    this.pending.delete(hash)
    this.octets -= datagram.bytes.length
  }

  private writeKey(flow: Flow): number {
    const { key } = this
    key.set(flow.source, 0)
    key.set(flow.destination, 16)
    // RFC 8200 4.5 leaves the protocol out for IPv6, where later fragments may show another next header.
    key[32] = ip.version === 4 ? ip.protocol : 0
    for (let i = 0; i < 4; i++) key[33 + i] = ip.identification >>> (24 - 8 * i)
    hashOctets(key, 0, KEY_OCTETS, 0, false)
    return hashed.hi * 2 ** 21 + (hashed.lo >>> 11)
  }
}

function sameKey(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < KEY_OCTETS; i++) if (a[i] !== b[i]) return false
  return true
}
