import { hashed, hashOctets } from '../stats/hash.ts'

/** Hash of a row's address. The last one is kept: a client asks more than once, and everybody asks one resolver. */
export class AddressHash {
  lo: number
  hi: number
  private readonly seed: number
  private readonly last = new Uint32Array(4)

  constructor(seed: number) {
    this.seed = seed
    hashOctets(new Uint8Array(16), 0, 16, seed, false)
    this.lo = hashed.lo
    this.hi = hashed.hi
  }

  /** Takes the address of a row from a batch's column, which is there as octets and as words. */
  read(octets: Uint8Array, words: Uint32Array, row: number): void {
    const { last } = this
    const at = row * 4
    if (words[at + 3] === last[3] && words[at + 2] === last[2] && words[at + 1] === last[1] && words[at] === last[0]) {
      return
    }
    for (let i = 0; i < 4; i++) last[i] = words[at + i]
    hashOctets(octets, row * 16, 16, this.seed, false)
    this.lo = hashed.lo
    this.hi = hashed.hi
  }
}
