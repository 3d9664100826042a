/** One name to ask, and what of the payload it finishes. */
export interface EncodedName {
  /** Presentation form, escaped after RFC 4343 2.1; at most 255 octets on the wire, 63 a label. */
  readonly qname: string
  readonly qtype: number
  /** Payload octets this name adds to those before it. 0 for greetings and polls; the sum is the payload's length. */
  readonly payloadOctets: number
}

/**
 * A way to put a payload into query names: a pure function, without network and clock.
 *
 * For tests and for labelled traffic. Zones are those reserved for tests only (RFC 6761), so the names lead nowhere.
 */
export interface Encoder {
  /** Kebab-case, unique. */
  readonly name: string
  /** One sentence: what stands where in a name. */
  readonly description: string
  /** Payload octets a name, mean over all names of 10 KiB of noise under {@link REFERENCE_ZONE}. */
  readonly payloadOctetsAName: number
  encode(payload: Uint8Array, zone: string, random: () => number): EncodedName[]
  /** The payload again, from the names in their order. Missing where a cipher, or noise in its place, stands between. */
  decode?(names: readonly string[], zone: string): Uint8Array
}

export const REFERENCE_ZONE = 't1.data.example'
