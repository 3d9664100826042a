const SLOTS_FIRST = 8
/** Sets are made by the thousand and many stay empty: these hold nothing of their own. */
const EMPTY = new Uint32Array(2)

/**
 * An exact, growing set of 64-bit hashes with a cap. Past the cap it starts anew, so that a
 * name may count as novel again: an account can then be charged too much, never too little.
 */
export class HashSet {
  private keys: Uint32Array = EMPTY
  private readonly capacityMax: number
  size = 0

  /** `capacityMax` keys at most; a power of two. */
  constructor(capacityMax: number) {
    this.capacityMax = capacityMax
  }

  has(lo: number, hi: number): boolean {
    return this.find(lo, hi) >= 0
  }

  /** Adds the key; false where it was there. */
  add(lo: number, hi: number): boolean {
    if (lo === 0 && hi === 0) hi = 1
    if (this.find(lo, hi) >= 0) return false
    if (this.size >= this.capacityMax) this.clear()
    if ((this.size + 1) * 4 > this.keys.length * 1.5) this.grow()
    this.insert(lo, hi)
    return true
  }

  /** Whether another key would start the set anew. */
  get isFull(): boolean {
    return this.size >= this.capacityMax
  }

  /** Octets of memory held. */
  get sizeBytes(): number {
    return this.keys.length * 4
  }

  /** Whether every look-up would end: what a made-up snapshot holds may be anything. */
  get isSound(): boolean {
    const { keys, size } = this
    let free = 0
    for (let i = 0; i < keys.length; i += 2) if (keys[i] === 0 && keys[i + 1] === 0) free++
    const slots = keys.length / 2
    return slots >= 1 && Number.isInteger(Math.log2(slots)) && free > 0 && size === slots - free
  }

  private find(lo: number, hi: number): number {
    if (lo === 0 && hi === 0) hi = 1
    const mask = this.keys.length / 2 - 1
    for (let at = lo & mask; ; at = (at + 1) & mask) {
      if (this.keys[2 * at] === lo && this.keys[2 * at + 1] === hi) return at
      if (this.keys[2 * at] === 0 && this.keys[2 * at + 1] === 0) return -1
    }
  }

  private insert(lo: number, hi: number): void {
    const mask = this.keys.length / 2 - 1
    let at = lo & mask
    while (this.keys[2 * at] !== 0 || this.keys[2 * at + 1] !== 0) at = (at + 1) & mask
    this.keys[2 * at] = lo
    this.keys[2 * at + 1] = hi
    this.size++
  }

  private grow(): void {
    const old = this.keys
    this.keys = new Uint32Array(Math.max(SLOTS_FIRST * 2, old.length * 2))
    this.size = 0
    for (let i = 0; i < old.length; i += 2) if (old[i] !== 0 || old[i + 1] !== 0) this.insert(old[i], old[i + 1])
  }

  private clear(): void {
    this.keys = new Uint32Array(this.keys.length)
    this.size = 0
  }
}
