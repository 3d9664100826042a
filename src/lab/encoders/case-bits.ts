import { pick } from '../noise.ts'
import { type BitShape, createBitEncoder } from './bit-encoder.ts'

const HOSTS =
  'www mail images static login update cdn media shop news api portal support download files calendar'.split(' ')
const SITES = 'europe america asia office warehouse finance marketing engineering operations customer'.split(' ')

/**
 * Nothing but letter case carries the payload, one bit a letter, so names repeat once case is folded: the one channel
 * that an account of folded names cannot see. Resolvers that randomise case (0x20) destroy it.
 */
export const caseBits = createBitEncoder({
  name: 'case-bits',
  description: 'Ordinary host names from 160 fixed ones; a capital letter is a set bit.',
  payloadOctetsAName: 1.61,
  write(bits, random) {
    const spell = (word: string) =>
      Array.from(word, (letter) => (bits.take(1) ? letter.toUpperCase() : letter)).join('')
    return [spell(pick(random, HOSTS)), spell(pick(random, SITES))]
  },
  read(labels, sink) {
    for (const letter of labels.join('')) sink.put(letter >= 'A' && letter <= 'Z' ? 1 : 0, 1)
  },
} satisfies BitShape)
