/** How counts become values. */
export const LOG_BASES = ['e', '2', '10', 'none'] as const
export type LogBase = (typeof LOG_BASES)[number]

/** How a model of octets is given a message. */
export interface PacketProfile {
  readonly columns: readonly string[]
  /** Writes a value a column into `out`, which starts at `at`. */
  extract(octets: Uint8Array, length: number, out: Float64Array, at: number): void
}

/** Buckets that grams of two and more octets are hashed into: all there could be fit no table. */
const BUCKETS = 4096
const LOG: Readonly<Record<LogBase, (count: number) => number>> = {
  e: Math.log,
  '2': Math.log2,
  '10': Math.log10,
  none: (count) => count - 1,
}

/**
 * Counts of octets, or of runs of `n` octets, as 1 + log(count) and 0 where there are none (the original's scale; with `none` the
 * count itself). Order is lost: names of the same octets in another order are one row.
 *
 * @example
 * gramProfile(1, 'e').columns[0x61] // 'b61', how often 'a' comes
 */
export function gramProfile(n: number, base: LogBase): PacketProfile {
  const width = n === 1 ? 256 : BUCKETS
  const digits = n === 1 ? 2 : 3
  const prefix = n === 1 ? 'b' : `g${n}.`
  const columns = Array.from({ length: width }, (_, i) => prefix + i.toString(16).padStart(digits, '0'))
  const log = LOG[base]
  return {
    columns,
    extract(octets, length, out, at) {
      out.fill(0, at, at + width)
      for (let i = 0; i + n <= length; i++) out[at + (n === 1 ? octets[i] : bucketOf(octets, i, n))]++
      for (let i = at; i < at + width; i++) if (out[i] > 0) out[i] = 1 + log(out[i])
    },
  }
}

/**
 * The first octets one after the other, missing behind the end: what a model of sequences reads.
 *
 * @example
 * sequenceProfile(64).columns[0] // 'o000'
 */
export function sequenceProfile(count: number): PacketProfile {
  const columns = Array.from({ length: count }, (_, i) => `o${String(i).padStart(3, '0')}`)
  return {
    columns,
    extract(octets, length, out, at) {
      for (let i = 0; i < count; i++) out[at + i] = i < length ? octets[i] : Number.NaN
    },
  }
}

/** FNV-1a of a run, folded onto a bucket. */
function bucketOf(octets: Uint8Array, from: number, n: number): number {
  let hash = 0x811c9dc5
  for (let i = from; i < from + n; i++) hash = Math.imul(hash ^ octets[i], 0x01000193)
  return (hash ^ (hash >>> 15)) & (BUCKETS - 1)
}
