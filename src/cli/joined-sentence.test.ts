import { expect, it } from 'vitest'
import { hiddenSentences, joinedSentence } from './joined-sentence.ts'

const COUNTS = {
  rows: 10,
  rowsJoined: 9,
  flows: 1200,
  flowsJoined: 8,
  flowsShared: 1,
  flowsEmpty: 2,
  flowsByTuple: 0,
  evicted: 0,
}
const hidden = (isUpload: boolean) => ({
  ...{
    client: '10.0.0.5',
    server: '192.0.2.9',
    kind: 'dot',
    flows: 3,
    bytesOut: 160_000,
    bytesIn: 900,
    spanMs: 1_140_000,
    isUpload,
  },
})

it('says what was joined, and what was not', () => {
  expect(joinedSentence(COUNTS)).toBe(
    '9 DNS rows of 10 joined to 8 flows of 1,200; 1 flow shared by several domains and cited by none; 2 flows without an octet.',
  )
  expect(joinedSentence({ ...COUNTS, rows: 0 })).toMatch(
    /^Read 1,200 flows and no DNS: flows only add to what names say/,
  )
  expect(joinedSentence({ ...COUNTS, evicted: 3, flowsByTuple: 4 })).toContain(
    '4 by addresses, ports and time; 1 flow shared',
  )
})

it('tells uploads that no name shows, and of many the first', () => {
  const told = hiddenSentences({ ...COUNTS, hidden: [hidden(true), hidden(false)] as never })
  expect(told).toEqual([
    'Weak sign: 10.0.0.5 sent 160,000 octets to 192.0.2.9 as DNS over TLS and got 900 in 19 minutes; what was asked there cannot be seen.',
  ])
  expect(hiddenSentences({ ...COUNTS, hidden: Array(8).fill(hidden(true)) as never }).at(-1)).toBe(
    '3 more such uploads stand in --stats.',
  )
})
