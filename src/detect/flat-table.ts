/** Octets of one row. */
export const ROW_OCTETS = 64
const WORDS = ROW_OCTETS / 4
/** A key may lie in any of the rows of its bucket; eviction looks at no others. */
const BUCKET_ROWS = 8
const ROWS_FIRST = 512
/** It grows eightfold: the array it leaves is garbage for long, as nothing else here makes the collector run. */
const GROWTH = 8

/** 32-bit words of a row (the first time is a 64-bit float over words 2 and 3). */
export const WORD = {
  keyLo: 0,
  keyHi: 1,
  /** Seconds from the first time to the last charge. */
  lastSeconds: 4,
  /** Decayed octets at the four time scales: words 5 to 8. */
  account: 5,
  sumNames: 9,
  sumAnswers: 10,
  octets: 11,
  /** Queries (16 bits, saturating), novel names (8, saturating), flags (8). */
  counters: 12,
  /** Plain count of novel prefix octets. */
  prefixOctets: 13,
  /** Four 16-bit fingerprints of the first names. */
  fingerprints: 14,
} as const

/** Flags of a row. */
export const ROW_FLAG = { rich: 1 } as const

/**
 * The lower memory tier (DESIGN.md 3): one row of 64 octets a key, in one array, open addressing in buckets of eight.
 *
 * It grows up to `rowsMax`; then a new key takes the place of the bucket's row with the fewest octets (the older of
 * equals). Rows marked rich are never displaced, so a flood of random domains costs other unknowns, not the known.
 * Everything depends on the keys and their order alone: the same rows in the same order leave the same table.
 */
export class FlatTable {
  words: Uint32Array
  floats: Float32Array
  doubles: Float64Array
  size = 0
  /** Rows displaced since the start: above 0 means that the oldest unknown names are being forgotten. */
  evicted = 0
  private readonly rowsMax: number

  /** `rowsMax` must be a power of two and at least 8. */
  constructor(rowsMax: number) {
    this.rowsMax = rowsMax
    const buffer = new ArrayBuffer(Math.min(ROWS_FIRST, rowsMax) * ROW_OCTETS)
    this.words = new Uint32Array(buffer)
    this.floats = new Float32Array(buffer)
    this.doubles = new Float64Array(buffer)
  }

  /** First word of the key's row, or -1. */
  find(lo: number, hi: number): number {
    const words = this.words
    const first = this.bucket(lo, hi)
    for (let at = first; at < first + BUCKET_ROWS * WORDS; at += WORDS) {
      if (words[at] === lo && words[at + 1] === hi) return at
    }
    return -1
  }

  /** First word of a new, zeroed row for the key, which must not be there. -1 where the bucket holds only rich rows. */
  insert(lo: number, hi: number, timeMs: number): number {
    for (;;) {
      const at = this.place(lo, hi)
      if (at >= 0 && this.words[at] === 0 && this.words[at + 1] === 0) {
        this.size++
        return this.start(at, lo, hi, timeMs)
      }
      if (this.words.length / WORDS < this.rowsMax) {
        this.grow()
        continue
      }
      if (at < 0) return -1
      this.evicted++
      return this.start(at, lo, hi, timeMs)
    }
  }

  /** Time of the row's last charge. */
  lastMs(at: number): number {
    return this.doubles[at / 2 + 1] + this.floats[at + WORD.lastSeconds] * 1000
  }

  flags(at: number): number {
    return this.words[at + WORD.counters] >>> 24
  }

  addFlag(at: number, flag: number): void {
    this.words[at + WORD.counters] |= flag << 24
  }

  clearFlag(at: number, flag: number): void {
    this.words[at + WORD.counters] &= ~(flag << 24)
  }

  /** What a snapshot keeps: the words alone, as the other two views lie over them. */
  fields(): object {
    const { floats: _floats, doubles: _doubles, ...kept } = this
    return kept
  }

  /** Lays the other views over the words again. */
  restore(): void {
    const words = new Uint32Array(this.words)
    this.words = words
    this.floats = new Float32Array(words.buffer)
    this.doubles = new Float64Array(words.buffer)
  }

  private bucket(lo: number, hi: number): number {
    const buckets = this.words.length / (WORDS * BUCKET_ROWS)
    return ((lo ^ (hi >>> 7)) & (buckets - 1)) * BUCKET_ROWS * WORDS
  }

  /** An empty row of the bucket, else its poorest row that is not rich, else -1. */
  private place(lo: number, hi: number): number {
    const { words, floats } = this
    const first = this.bucket(lo, hi)
    let poorest = -1
    for (let at = first; at < first + BUCKET_ROWS * WORDS; at += WORDS) {
      if (words[at] === 0 && words[at + 1] === 0) return at
      if ((this.flags(at) & ROW_FLAG.rich) !== 0) continue
      if (poorest < 0) poorest = at
      else {
        const difference = floats[at + WORD.octets] - floats[poorest + WORD.octets]
        if (difference < 0 || (difference === 0 && this.lastMs(at) < this.lastMs(poorest))) poorest = at
      }
    }
    return poorest
  }

  private start(at: number, lo: number, hi: number, timeMs: number): number {
    this.words.fill(0, at, at + WORDS)
    this.words[at] = lo
    this.words[at + 1] = hi
    this.doubles[at / 2 + 1] = timeMs
    return at
  }

  private grow(): void {
    const old = this.words
    const rows = Math.min(this.rowsMax, (old.length / WORDS) * GROWTH)
    const buffer = new ArrayBuffer(rows * ROW_OCTETS)
    this.words = new Uint32Array(buffer)
    this.floats = new Float32Array(buffer)
    this.doubles = new Float64Array(buffer)
    for (let from = 0; from < old.length; from += WORDS) {
      if (old[from] === 0 && old[from + 1] === 0) continue
      // A bucket of the old table splits into several of the new one, so there is always room.
      const at = this.place(old[from], old[from + 1])
      this.words.set(old.subarray(from, from + WORDS), at)
    }
  }
}
