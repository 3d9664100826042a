import { expect, it } from 'vitest'
import { aLookup, anIncident } from './incident.testing.ts'
import { table } from './table.ts'

function write(...args: Parameters<typeof table.write>): string {
  return [...table.write(...args)].join('')
}

it('prints an alert with its reasons, signals and names, look-up services after it, and what was read', () => {
  const incidents = [aLookup('list.example'), anIncident()]
  expect(write(incidents, { inputs: 2, rows: 1234, untimed: ['names.txt'] }, { columns: 80, colour: false })).toBe(
    `HIGH      evil.example                      tunnel, confidence high, score 0.997
  client    10.0.0.5
  seen      2026-02-03 04:05:06 to 05:06:07 UTC
  left      48,211 octets out, 9,001 in, 812 queries
  alert     at query 6, 04:05:07, after 212 octets out (340 octets of names)
  why       account: 48,210 octets of new information left in names
  signals                here    typical
            octets up  48,211  8.6 to 66
  names     aaaa.evil.example
            bbbb.evil.example
  source    capture.pcap

LOW  look-up services inside their budget
  list.example                              48,211 octets, 812 queries, 1 client

1 alert, 1 look-up service; 2 inputs, 1,234 rows read.
names.txt has no times: volume cannot be judged there, only how the names read.
`,
  )
})

it('cuts long names in the middle, where a tunnel keeps its payload', () => {
  const name = `${'a'.repeat(100)}.evil.example`
  const { evidence } = anIncident()
  const text = write(
    [anIncident({ evidence: { ...evidence, sampleQnames: [name] } })],
    { inputs: 1, rows: 1, untimed: [] },
    { columns: 60, colour: false },
  )
  expect(text).toMatch(/ {2}names {5}a+\.\.\.a+\.evil\.example\n/)
})

it('tells look-up services of several files apart', () => {
  const incidents = ['a.pcap', 'b.pcap'].map((source) => ({ ...aLookup('list.example'), source }))
  const text = write(incidents, { inputs: 2, rows: 1, untimed: [] }, { columns: 80, colour: false })
  expect(text).toMatch(/ {2}list\.example in a\.pcap +48,211 octets/)
})

it('names the client of a group, and some of its domains', () => {
  const relatedDomains = Array.from({ length: 40 }, (_, i) => `d${i}.example`)
  const group = anIncident({ scope: 'client', relatedDomains })
  const text = write([group], { inputs: 1, rows: 1, untimed: [] }, { columns: 80, colour: false })
  expect(text).toContain('HIGH      10.0.0.5 over many domains')
  expect(text).toContain(
    '  domains   evil.example\n            d0.example\n            d1.example\n            and 38 more\n',
  )
})
