import { shannonEntropy } from '../../stats/entropy.ts'
import { inflate } from './inflate.ts'
import { findMagic } from './magic.ts'
import { previewOctets, previewText } from './preview.ts'
import { printableShare } from './printable.ts'

/** Printable octets from which a preview reads better as text. */
const READABLE_SHARE = 0.5

/** Octets taken out of names, before they are put into words. */
export interface Payload {
  readonly encoding: string
  /** The characters they stood in. */
  readonly text: string
  readonly octets: Uint8Array
  /** Kind of file, where whoever decoded knows it already. */
  readonly magic?: string
  /** Set where the octets are known to say nothing to a reader: encrypted, compressed, keys. */
  readonly noise?: true
}

/** The payload as an incident shows it. */
export interface Decoded {
  encoding: string
  preview: string
  magic: string | null
  /** Bits a character in the names, and bits an octet of what they stood for. */
  entropyBefore: number
  entropyAfter: number
}

/** Kind of file octets begin, zlib streams among them. */
export function kindOf(octets: Uint8Array): string | null {
  return findMagic(octets) ?? (inflate(octets) ? 'zlib' : null)
}

/** Puts a payload into words. */
export function describePayload({ encoding, text, octets, magic, noise }: Payload): Decoded {
  const kind = magic ?? (noise ? null : kindOf(octets))
  const readable = kind !== null || (!noise && printableShare(octets) >= READABLE_SHARE)
  const characters = Buffer.from(text, 'latin1')
  return {
    encoding,
    preview: readable ? previewText(octets) : previewOctets(octets),
    magic: kind,
    entropyBefore: round(shannonEntropy(characters, 0, characters.length)),
    entropyAfter: round(shannonEntropy(octets, 0, octets.length)),
  }
}

function round(bits: number): number {
  return Math.round(bits * 1000) / 1000
}
