import type { Codec } from './codec.ts'
import { CODECS } from './codecs.ts'
import { isEven } from './evenness.ts'
import { FIT_SHARE, type Layout, layouts } from './layout.ts'
import { kindOf, type Payload } from './payload.ts'
import { printableShare } from './printable.ts'
import type { Labels } from './sample-names.ts'

/** Fewer octets can be text by chance. */
const OCTETS_MIN = 24
/** Different octets that text has; padding and counters have fewer. */
const DISTINCT_MIN = 6
/** A later reading must be more printable than an earlier one by this much. */
const BETTER_SHARE = 0.02

/** Why a reading is believed: it is a kind of file, it is text, or its symbols are used as random octets use them. */
export type Ground = 'magic' | 'text' | 'even'
const STRENGTH: Readonly<Record<Ground, number>> = { magic: 3, text: 2, even: 1 }

/** What names say when read by one layout and one encoding. */
export interface Reading {
  readonly payload: Payload
  readonly style: string
  readonly ground: Ground
  readonly counted: boolean
  readonly share: number
}

/** The best reading of names no tool claims; null where none is beyond chance. */
export function readGeneric(names: readonly Labels[]): Reading | null {
  let best: Reading | null = null
  for (const layout of layouts(names)) {
    for (const codec of CODECS) {
      const reading = read(layout, codec, names.length)
      if (reading && (!best || isBetter(reading, best))) best = reading
    }
  }
  return best
}

function isBetter(reading: Reading, best: Reading): boolean {
  const stronger = STRENGTH[reading.ground] - STRENGTH[best.ground]
  return stronger > 0 || (stronger === 0 && reading.ground === 'text' && reading.share > best.share + BETTER_SHARE)
}

function read(layout: Layout, codec: Codec, names: number): Reading | null {
  const fitting: Labels[] = []
  const parts: Uint8Array[] = []
  let strangers = 0
  for (const labels of layout.payloads) {
    const part = codec.across ? fitsAlone(codec, labels) : codec.decode(labels)
    if (!part) {
      // Most codecs are wrong: no need to try them on all names.
      if (layout.payloads.length - ++strangers < names * FIT_SHARE) return null
      continue
    }
    fitting.push(labels)
    parts.push(part)
  }
  if (fitting.length < names * FIT_SHARE || fitting.length === 0) return null
  const octets = codec.across ? codec.decode(fitting.flat()) : Buffer.concat(parts)
  if (!octets || octets.length < OCTETS_MIN || !isVaried(octets)) return null
  const text = fitting.flat().join('')
  const magic = kindOf(octets)
  const share = printableShare(octets)
  const ground = magic ? 'magic' : share >= codec.printableMin ? 'text' : isNoise(layout, codec, text) ? 'even' : null
  if (!ground) return null
  const known = magic ? { magic } : ground === 'even' ? { noise: true as const } : {}
  return {
    payload: { encoding: codec.name, text, octets, ...known },
    style: codec.style,
    ground,
    counted: layout.counted,
    share: codec.printableMin === 0 ? 1 : share,
  }
}

/** Whether there are as many different octets as text has. */
function isVaried(octets: Uint8Array): boolean {
  const seen = new Set<number>()
  for (const octet of octets) if (seen.add(octet).size === DISTINCT_MIN) return true
  return false
}

/**
 * Whether all symbols are used as random octets use them. Noise does not tell where an octet begins, so names must
 * stand for whole octets or be counted pieces of one stream, and must not all begin alike.
 */
function isNoise(layout: Layout, codec: Codec, text: string): boolean {
  const first = layout.payloads[0][0][0]
  if (codec.across && !layout.counted) return false
  return layout.payloads.some(([label]) => label[0] !== first) && isEven(inCase(text, codec), codec.symbols)
}

/** Whether a name alone has only symbols of the encoding; where it proves itself on all names, they are not asked alone. */
function fitsAlone(codec: Codec, labels: Labels): Uint8Array | null {
  return codec.printableMin === 0 ? new Uint8Array(1) : codec.decode(labels)
}

function inCase(text: string, codec: Codec): string {
  return codec.symbols === codec.symbols.toLowerCase() ? text.toLowerCase() : text
}
