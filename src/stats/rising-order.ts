/** Eleven bits a pass: the counts fit the fastest cache, and six passes cover 64 bits. */
const DIGIT_BITS = 11
const DIGITS = 2 ** DIGIT_BITS

/**
 * The indices of `values` in rising order of value; equal values keep their order, -0 equals 0, NaN comes last. A radix
 * sort: a quarter of the time that sorting indices with a comparison takes on a million values, and 24 octets a value.
 *
 * @example
 * risingOrder([3, 1, 2, 1]) // 1, 3, 2, 0
 */
export function risingOrder(values: ArrayLike<number>): Uint32Array {
  const n = values.length
  let [low, high] = sortableWords(values)
  let [nextLow, nextHigh] = [new Uint32Array(n), new Uint32Array(n)]
  let order = new Uint32Array(n)
  let next = new Uint32Array(n)
  for (let i = 0; i < n; i++) order[i] = i
  const starts = new Uint32Array(DIGITS)
  for (let shift = 0; shift < 64; shift += DIGIT_BITS) {
    starts.fill(0)
    for (let i = 0; i < n; i++) starts[digitOf(low[i], high[i], shift)]++
    // All in one bucket: nothing would move. Usual for the lowest bits of counts and ratios.
    if (n === 0 || starts[digitOf(low[0], high[0], shift)] === n) continue
    let begin = 0
    for (let digit = 0; digit < DIGITS; digit++) {
      const count = starts[digit]
      starts[digit] = begin
      begin += count
    }
    for (let i = 0; i < n; i++) {
      const to = starts[digitOf(low[i], high[i], shift)]++
      next[to] = order[i]
      nextLow[to] = low[i]
      nextHigh[to] = high[i]
    }
    ;[order, next, low, nextLow, high, nextHigh] = [next, order, nextLow, low, nextHigh, high]
  }
  return order
}

/** Halves of each double's bits, changed so that they rise as unsigned numbers where the doubles rise. */
function sortableWords(values: ArrayLike<number>): [low: Uint32Array<ArrayBuffer>, high: Uint32Array<ArrayBuffer>] {
  const n = values.length
  const doubles = new Float64Array(1)
  const words = new Uint32Array(doubles.buffer)
  // Which half of a double comes first depends on the machine.
  const top = new Uint8Array(Uint16Array.of(1).buffer)[0]
  const low = new Uint32Array(n)
  const high = new Uint32Array(n)
  for (let i = 0; i < n; i++) {
    // Adding 0 turns -0 into 0, and one NaN stands for all of them, or those with a sign would come first.
    doubles[0] = Number.isNaN(values[i]) ? Number.NaN : values[i] + 0
    const b = words[top]
    const flip = b >>> 31 === 1 ? 0xffffffff : 0
    low[i] = words[1 - top] ^ flip
    high[i] = b ^ (flip | 0x80000000)
  }
  return [low, high]
}

/** The eleven bits from `shift` on of the 64 that the two halves make. */
function digitOf(low: number, high: number, shift: number): number {
  if (shift >= 32) return (high >>> (shift - 32)) & (DIGITS - 1)
  if (shift + DIGIT_BITS <= 32) return (low >>> shift) & (DIGITS - 1)
  return ((low >>> shift) | (high << (32 - shift))) & (DIGITS - 1)
}
