import { randomText } from '../noise.ts'
import { joinOctets, latin1 } from '../octets.ts'
import { createTransform, wireName } from './transform.ts'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/**
 * Spoken to a name server of one's own, a tunnel needs no registered domain: every question ends in another top-level
 * label that nobody ever registered, so no domain is asked for twice.
 */
export const inventedTops = createTransform(
  'invented-tops',
  'Every question ends in another top-level label of eight letters, which nobody registered.',
  (rows, random) =>
    rows.map((row) => {
      const top = randomText(random, 8, LETTERS)
      const name = joinOctets(row.prefix, withoutTop(row.domain), wireName(top))
      return { ...row, name, prefixOctets: row.prefix.length }
    }),
  () => ['*'],
)

function withoutTop(domain: Uint8Array): Uint8Array {
  let at = 0
  while (at + 1 + domain[at] < domain.length) at += 1 + domain[at]
  return at === 0 ? latin1('') : domain.subarray(0, at)
}
