import { describe, expect, it } from 'vitest'
import { aLookup, anIncident, HOSTILE } from '../incident.testing.ts'
import { someFacts } from './report.testing.ts'
import { htmlReport } from './report.ts'

/** An incident in which every text an outsider may have a hand in is the same. */
function tainted(text: string, other: Parameters<typeof anIncident>[0] = {}) {
  const { evidence } = anIncident()
  return anIncident({
    registeredDomain: text,
    relatedDomains: [text],
    clients: [text, text],
    source: text,
    detectors: [{ name: text, score: 2, reason: text, fired: true }],
    style: { guess: text, confidence: 1 },
    attack: [text],
    evidence: {
      ...evidence,
      signals: [{ name: text, value: 1, typical: text, contribution: 0 }],
      sampleQnames: [text, text, text, text, text],
      qtypes: { [`t${text}`]: 1 },
      decoded: { encoding: text, magic: text, preview: text, entropyBefore: 1, entropyAfter: 2 },
      rhythm: text,
      facts: [{ kind: text, words: text, value: 1, source: text, asOf: text }],
    },
    ...other,
  })
}

function taintedReport(text: string): string {
  const facts = someFacts({ observation: text, program: text, model: text, untimed: [text] })
  const [input] = facts.stats.perInput
  const perInput = [{ ...input, source: text, failure: text, malformed: { [`r${text}`]: 1 } }]
  const stats = { ...facts.stats, perInput, leftOut: [{ source: text, reason: text }] }
  const low = { severity: 'low', class: 'lookup-service' } as const
  return htmlReport([tainted(text), tainted(text, { scope: 'client' }), tainted(text, low)], { ...facts, stats })
}

/** Tags with the names of their attributes; what stands between quotes is a value. */
function tagsOf(page: string): string[] {
  return [...page.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/"[^"]*"/g, '""'))
}

describe('htmlReport', () => {
  it.each(Object.entries(HOSTILE))('has the same elements with %s as with a word', (_, text) => {
    const page = taintedReport(text)
    expect(tagsOf(page)).toEqual(tagsOf(taintedReport('word')))
    expect(page.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
  })

  it('lets nothing load and nothing run', () => {
    const page = htmlReport([anIncident(), aLookup('list.example')], someFacts())
    expect(page).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:;`,
    )
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(|https?:/i)
  })

  it('shows what others say beside an alert, and side detectors without a line', () => {
    const { evidence } = anIncident()
    const facts = [
      { kind: 'age', words: 'newly registered', value: 3, source: 'rdap.test', asOf: '2026-11-26T01:00:00Z' },
    ]
    const detectors = [{ name: 'flows', score: 1.7, reason: 'two flows of its own', fired: false }]
    const page = htmlReport([anIncident({ evidence: { ...evidence, facts }, detectors })], someFacts())
    expect(page).toContain('<strong>age</strong> newly registered <span class="soft">rdap.test, 2026-11-26</span>')
    expect(page).toContain('1.7, and no line of its own')
    expect(htmlReport([anIncident()], someFacts())).not.toContain('What others say')
  })

  it('is the same each time, and changes nothing', () => {
    const incidents = [anIncident(), aLookup('list.example')]
    const before = structuredClone(incidents)
    expect(htmlReport(incidents, someFacts())).toBe(htmlReport(incidents, someFacts()))
    expect(incidents).toEqual(before)
  })

  it('has the worst first', () => {
    const [critical, high, more] = [
      anIncident({ severity: 'critical', registeredDomain: 'c.example', bytesOut: 1 }),
      anIncident({ severity: 'high', registeredDomain: 'h.example', bytesOut: 2 }),
      anIncident({ severity: 'high', registeredDomain: 'm.example', bytesOut: 3 }),
    ]
    const page = htmlReport([high, more, critical], someFacts())
    const cards = [...page.matchAll(/-name"><bdi>([^<]*)/g)].map(([, name]) => name)
    expect(cards).toEqual(['c.example', 'm.example', 'h.example'])
  })

  it('says that nothing was found, and that nothing was read', () => {
    expect(htmlReport([], someFacts())).toContain('No domain passed a line.')
    const facts = someFacts({ span: null })
    const page = htmlReport([], { ...facts, stats: { ...facts.stats, rows: 0, perInput: [] } })
    expect(page).toContain('No row was read')
    expect(page).toContain('no input has times')
  })

  it('says what an input without times does not show', () => {
    const times = { firstSeen: null, alertedAt: null, lastSeen: null, clients: [], clientCount: 0 }
    const { evidence } = anIncident()
    const timeline = [{ time: null, queries: 9, octets: 90, accountOctets: 0 }]
    const untimed = anIncident({ ...times, evidence: { ...evidence, timeline }, source: 'names.txt' })
    const page = htmlReport([untimed], someFacts({ untimed: ['a.pcap'] }))
    expect(page).toContain('This input has no times: neither an account nor a timeline can be drawn.')
    expect(page).toContain('no times: volume cannot be judged, only how names read')
    expect(page).toContain('not known from this input')
  })

  it('tells the worst two hundred in full and lists the others', () => {
    const many = Array.from({ length: 2100 }, (_, i) => anIncident({ registeredDomain: `d${i}.example` }))
    const page = htmlReport(many, someFacts())
    expect(page.match(/<article/g)).toHaveLength(200)
    expect(page).toContain('d1999.example')
    expect(page).toContain('100 more in the ndjson output.')
    expect(page).not.toContain('d2000.example')
  })

  it('names failures first where inputs are many', () => {
    const facts = someFacts()
    const [input] = facts.stats.perInput
    const perInput = Array.from({ length: 600 }, (_, i) => ({ ...input, source: `f${i}.pcap` }))
    perInput[599] = { ...perInput[599], ...{ failure: 'It ends in the middle.' } }
    const page = htmlReport([], { ...facts, stats: { ...facts.stats, perInput } })
    expect(page).toContain('It ends in the middle.')
    expect(page).toContain('1 with a failure')
    expect(page).toContain('100 more in the output of --stats.')
  })
})
