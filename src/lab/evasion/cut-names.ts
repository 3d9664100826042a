import { randomText } from '../noise.ts'
import { joinOctets } from '../octets.ts'
import { foldedText } from './row-draft.ts'
import { createTransform } from './transform.ts'

const CHARACTERS = 6
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'

/**
 * A tunnel that only fetches: names hold hardly more than a number, and what counts is in the answers. The first six
 * characters of each old prefix; where another old name has them already, the last of them are drawn anew.
 */
export const cutNames = createTransform(
  'cut-names',
  'Every prefix is cut to six characters, different where it was different; answers stay.',
  (rows, random) => {
    const known = new Map<string, string>()
    const taken = new Set<string>()
    return rows.map((row) => {
      let label = known.get(row.key)
      if (label === undefined) {
        const begin = firstCharacters(row.prefix)
        label = begin
        for (let kept = CHARACTERS - 1; taken.has(label); kept = Math.max(0, kept - 1)) {
          label = begin.slice(0, kept) + randomText(random, CHARACTERS - kept, BASE32)
        }
        taken.add(label)
        known.set(row.key, label)
      }
      const name = joinOctets(Uint8Array.of(label.length), Buffer.from(label, 'latin1'), row.domain)
      return { ...row, name, prefixOctets: label.length + 1 }
    })
  },
)

/** Folded, dots left out; an empty prefix gives one letter. */
function firstCharacters(prefix: Uint8Array): string {
  let text = ''
  for (let at = 0; at < prefix.length; at += 1 + prefix[at])
    text += foldedText(prefix.subarray(at + 1, at + 1 + prefix[at]))
  return text.slice(0, CHARACTERS) || 'a'
}
