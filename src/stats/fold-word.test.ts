import { expect, it } from 'vitest'
import { foldWord } from './fold-word.ts'

it('folds ASCII capitals at each place of a word, and nothing else', () => {
  for (let octet = 0; octet < 256; octet++) {
    const folded = octet >= 0x41 && octet <= 0x5a ? octet + 32 : octet
    for (let place = 0; place < 32; place += 8) {
      // Neighbours that carry if any do.
      for (const others of [0, 0xff, 0x7f, 0x7a]) {
        const rest = (others * 0x01010101) & ~(0xff << place)
        expect(foldWord(rest | (octet << place)) | 0).toBe(rest | (folded << place))
      }
    }
  }
})
