import { base32, base32Long, base32Short } from './base32.ts'
import { base32hex } from './base32hex.ts'
import { base36 } from './base36.ts'
import { base64url, base64urlLong } from './base64url.ts'
import { caseBits } from './case-bits.ts'
import { counter } from './counter.ts'
import { decimal, decimalOctets } from './decimal.ts'
import { det, detPlain, detZlib } from './det.ts'
import { dns2tcp } from './dns2tcp.ts'
import { dnscat2, dnscat2Plain } from './dnscat2.ts'
import { dnsExfiltrator, dnsExfiltratorBase32, dnsExfiltratorPlain, dnsExfiltratorSmall } from './dnsexfiltrator.ts'
import type { Encoder } from './encoder.ts'
import { hex, hexLong } from './hex.ts'
import { iodineBase32, iodineBase64, iodineBase64u, iodineBase128 } from './iodine.ts'
import { md5Shape } from './md5-shape.ts'
import { reversedAddress, reversedAddress6 } from './reversed-address.ts'
import { shortLabels } from './short-labels.ts'
import { uuidShape } from './uuid-shape.ts'
import { oneWord, threeWords, wordLabels } from './words.ts'

export type { EncodedName, Encoder } from './encoder.ts'

/** Every encoder, one line a member. `conformance.test.ts` walks them all. */
export const encoders: readonly Encoder[] = [
  ...[det, detZlib, detPlain],
  ...[iodineBase32, iodineBase64, iodineBase64u, iodineBase128],
  ...[dnscat2, dnscat2Plain],
  dns2tcp,
  ...[dnsExfiltrator, dnsExfiltratorSmall, dnsExfiltratorBase32, dnsExfiltratorPlain],
  ...[hex, hexLong],
  ...[base32, base32Short, base32Long],
  base32hex,
  ...[base64url, base64urlLong],
  base36,
  ...[decimal, decimalOctets],
  ...[oneWord, threeWords, wordLabels],
  counter,
  caseBits,
  shortLabels,
  ...[reversedAddress, reversedAddress6],
  md5Shape,
  uuidShape,
]

/** The encoder of that name; undefined where there is none. */
export function findEncoder(name: string): Encoder | undefined {
  return encoders.find((encoder) => encoder.name === name)
}
