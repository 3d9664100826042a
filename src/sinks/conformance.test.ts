import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { Incident } from '../detect/incident.ts'
import { aLookup, anIncident, HOSTILE } from './incident.testing.ts'
import type { Layout, ReadSummary } from './incident-format.ts'
import { INCIDENT_FORMATS } from './index.ts'
import { columnsOf } from './text-layout.ts'

const LAYOUT: Layout = { columns: 80, colour: false }
const NOTHING: ReadSummary = { inputs: 1, rows: 0, untimed: [] }

/** An incident in which every text an outsider may have a hand in is the same. */
function hostile(text: string): Incident {
  const detectors = [{ name: 'account', score: 2, reason: text, fired: true }]
  const { evidence } = anIncident()
  const signals = [{ name: 'octets up', value: 1, typical: text, contribution: 0 }]
  return anIncident({
    registeredDomain: text,
    relatedDomains: [text, text],
    clients: [text],
    source: text,
    detectors,
    style: { guess: text, confidence: 1 },
    evidence: {
      ...evidence,
      signals,
      sampleQnames: [text],
      qtypes: { [text]: 1 },
      decoded: { encoding: text, magic: text, preview: text, entropyBefore: 1, entropyAfter: 1 },
      rhythm: text,
    },
  })
}

describe.each(INCIDENT_FORMATS.map((format) => [format.name, format] as const))('%s', (_, format) => {
  const write = (incidents: Incident[], summary = NOTHING, layout = LAYOUT) =>
    [...format.write(incidents, summary, layout)].join('')
  const many = [anIncident(), aLookup('list.example'), anIncident({ scope: 'client', relatedDomains: ['b.example'] })]

  it('writes nothing found without a fault', () => {
    const text = write([])
    expect(text === '' || text.endsWith('\n')).toBe(true)
  })

  it('ends every piece with a line end', () => {
    for (const piece of format.write(many, NOTHING, LAYOUT)) expect(piece.endsWith('\n')).toBe(true)
  })

  it('writes the same twice, and changes nothing', () => {
    const before = structuredClone(many)
    expect(write(many)).toBe(write(many))
    expect(many).toEqual(before)
  })

  it('writes incidents without times and clients', () => {
    const untimed = anIncident({ firstSeen: null, alertedAt: null, lastSeen: null, clients: [], clientCount: 0 })
    expect(write([untimed])).toContain('evil.example')
  })

  it.each(Object.entries(HOSTILE))('O3, O5: lets %s do nothing', (_name, text) => {
    const { relatedDomains } = anIncident()
    const plain = write([anIncident({ relatedDomains })])
    const written = write([hostile(text)], { ...NOTHING, untimed: [text] })
    // Nothing but line ends that are ours, and no character that a terminal acts on.
    expect(written.replaceAll(/\r?\n/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
    if (format.name !== 'table') expect(written.split('\n').length).toBe(plain.split('\n').length)
  })
})

describe('table lines', () => {
  const table = INCIDENT_FORMATS[0]
  const texts = Object.values(HOSTILE)
  const incidents = [...texts.map(hostile), ...texts.map((text) => ({ ...aLookup(text), source: text }))]

  it.each([48, 60, 80, 100])('never pass %i columns', (columns) => {
    for (const piece of table.write(incidents, { inputs: 3, rows: 10, untimed: texts }, { columns, colour: false })) {
      for (const line of piece.split('\n')) expect(columnsOf(line), line).toBeLessThanOrEqual(columns)
    }
  })

  it('read the same with and without colour', () => {
    const [plain, painted] = [false, true].map((colour) =>
      [...table.write(incidents, NOTHING, { columns: 80, colour })].join(''),
    )
    expect(painted).not.toBe(plain)
    expect(stripVTControlCharacters(painted)).toBe(plain)
  })
})
