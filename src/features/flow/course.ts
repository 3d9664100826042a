import type { FlowFeatureFamily } from './family.ts'

/** Letters of a reset, of an end in order, and of what was lost or came again (Zeek's documentation of conn.log). */
const RESETS = /[rR]/
const ENDS = /[fF]/
const AGAIN = /[gGtT]/

/** What Zeek's history says of a flow's course; missing where there is none. */
export const course: FlowFeatureFamily = {
  name: 'course',
  features: [
    { name: 'historyLetters', unit: 'letters' },
    ...['wasReset', 'wasEnded', 'lostOrRepeated'].map((name) => ({ name, unit: '0/1' })),
  ],
  extract({ history }, out, at) {
    const said = (pattern: RegExp) => (history === '' ? Number.NaN : pattern.test(history) ? 1 : 0)
    out[at] = history === '' ? Number.NaN : history.length
    out[at + 1] = said(RESETS)
    out[at + 2] = said(ENDS)
    out[at + 3] = said(AGAIN)
  },
}
