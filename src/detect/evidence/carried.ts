import { kindOf, type Payload } from './payload.ts'
import { printableShare } from './printable.ts'

/** Fewer octets of text say nothing; noise needs more to be worth showing. */
const TEXT_MIN = 3
const NOISE_MIN = 16
const TEXT_SHARE = 0.85

/** The payload of a tool whose own structure proves where it stands: text or a file as such, other octets as noise. */
export function carriedPayload(encoding: string, text: string, octets: Uint8Array): Payload | null {
  if (octets.length < TEXT_MIN) return null
  if (kindOf(octets) || printableShare(octets) >= TEXT_SHARE) return { encoding, text, octets }
  return octets.length >= NOISE_MIN ? { encoding, text, octets, noise: true } : null
}
