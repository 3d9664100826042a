const ONSETS = ['b', 'd', 'f', 'g', 'h', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v', 'st', 'tr']
const VOWELS = ['a', 'e', 'i', 'o']
const TAILS = (
  'den ler mon ton ric las ven der ling man net per sen tor val wick ' +
  'ber cal dor fin gan kel lin mar nor pan rin sel tan vis rel tel'
).split(' ')

/**
 * 2,048 words of two syllables, 11 bits each, `baden` to `trotel`. Made, not collected, so that there is no list to
 * ship. Every first syllable ends in its vowel and every second starts with a consonant, so no word comes twice.
 */
export const words: readonly string[] = ONSETS.flatMap((onset) =>
  VOWELS.flatMap((vowel) => TAILS.map((tail) => onset + vowel + tail)),
)

const indexOf = new Map(words.map((word, index) => [word, index]))

/** Place of a word in the list, -1 where it is not in it. */
export function wordIndex(word: string): number {
  return indexOf.get(word) ?? -1
}
