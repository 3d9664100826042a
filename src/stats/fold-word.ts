/** Four octets of a word, ASCII capitals folded to lower: sums carry into bit 7 from A on, and from behind Z on. */
export function foldWord(word: number): number {
  const low = word & 0x7f7f7f7f
  return word | ((~word & 0x80808080 & ((low + 0x3f3f3f3f) ^ (low + 0x25252525))) >>> 2)
}
