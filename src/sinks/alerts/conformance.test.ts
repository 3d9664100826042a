import { describe, expect, it } from 'vitest'
import type { Incident } from '../../detect/incident.ts'
import { anIncident, HOSTILE } from '../incident.testing.ts'
import { ALERT_FORMATS } from './index.ts'
import { countedFrame, syslogLine } from './syslog-line.ts'

/** An incident in which every text an outsider may have a hand in is the same. */
function hostile(text: string): Incident {
  const { evidence } = anIncident()
  return anIncident({
    ...{
      registeredDomain: text,
      relatedDomains: [text],
      clients: [text],
      source: text,
      style: { guess: text, confidence: 1 },
    },
    detectors: [{ name: 'account', score: 2, reason: text, fired: true }],
    evidence: {
      ...evidence,
      sampleQnames: [text],
      qtypes: { [text]: 1 },
      decoded: { encoding: text, magic: text, preview: text, entropyBefore: 1, entropyAfter: 1 },
      rhythm: text,
    },
  })
}

const LINK = 'http://127.0.0.1:8053/#/incident/0123456789abcdef'

describe.each(ALERT_FORMATS.map((format) => [format.name, format] as const))('%s', (name, format) => {
  it('writes one line, the same twice, and changes nothing', () => {
    const alert = { incident: anIncident(), revision: 3, link: LINK }
    const before = structuredClone(alert)
    const text = format.write(alert)
    expect(text).toBe(format.write(alert))
    expect(alert).toEqual(before)
    expect(text.indexOf('\n')).toBe(text.length - 1)
    expect(text).toContain('evil.example'.replace('.', name === 'teams' ? '\\\\.' : '.'))
  })

  it('writes an incident without times and clients', () => {
    const untimed = anIncident({ firstSeen: null, alertedAt: null, lastSeen: null, clients: [], clientCount: 0 })
    expect(format.write({ incident: untimed, revision: 1, link: null })).not.toMatch(/undefined|NaN/)
  })

  it.each(Object.entries(HOSTILE))('O4, O5: lets %s do nothing', (_, text) => {
    const written = format.write({ incident: hostile(text), revision: 1, link: LINK })
    expect(written.replace(/\n$/, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
    if (format.mediaType === 'application/json') expect(JSON.parse(written)).toBeTypeOf('object')
  })
})

const write = (name: string, incident: Incident) =>
  ALERT_FORMATS.find((format) => format.name === name)!.write({ incident, revision: 1, link: LINK })

describe('O4: CEF', () => {
  /** Splits as a collector does: header fields at bars that are not escaped, extension at keys. */
  function parse(line: string) {
    const parts = line.trimEnd().match(/(?:\\[\s\S]|[^|\\])*(?:\||$)/g)!
    const header = parts.slice(0, 7).map((part) => part.replace(/\|$/, ''))
    const rest = parts.slice(7).join('')
    const pairs = [...rest.matchAll(/(?:^| )([A-Za-z0-9]+)=((?:\\[\s\S]|[^=\\])*)(?= [A-Za-z0-9]+=|$)/g)]
    return { header, fields: Object.fromEntries(pairs.map(([, key, value]) => [key, value])) }
  }

  it('has seven fields of header and its values back, whatever a name holds', () => {
    for (const text of ['a|b', 'a\\|b', 'x=1 src=6.6.6.6', 'a\nCEF:0|x', '\\', ...Object.values(HOSTILE)]) {
      const { header, fields } = parse(write('cef', hostile(text)))
      expect(header).toHaveLength(7)
      expect(header.slice(0, 3)).toEqual(['CEF:0', 'wakeful', 'wakeful'])
      expect(fields.externalId).toBe('0123456789abcdef')
      expect(fields.src === '6.6.6.6').toBe(false)
      expect(fields.cnt).toBe('812')
    }
  })
})

describe('O5: chats', () => {
  it('holds no mention, link or mark-up of a name in Slack', () => {
    const text = '<!channel> <@U123> <http://evil.example|x> *b* & &lt;'
    const { text: fallback, blocks } = JSON.parse(write('slack', hostile(text)))
    expect(fallback).not.toMatch(/[<>]/)
    const marked = JSON.stringify(blocks).match(/"type":"mrkdwn"/g)
    expect(marked).toHaveLength(1)
    expect(blocks.at(-1).elements[0].text).toBe(`<${LINK}|0123456789abcdef>`)
  })

  it('escapes Markdown in Teams', () => {
    const { attachments } = JSON.parse(write('teams', hostile('[x](http://evil.example) **b**')))
    const [title] = attachments[0].content.body
    expect(title.text).toContain('\\[x\\]\\(http://evil\\.example\\) \\*\\*b\\*\\*')
  })
})

describe('a syslog message (RFC 5424)', () => {
  it('has the header of the standard, and a count in front on streams', () => {
    const sender = { hostname: 'host name\n', processId: 7 }
    const line = syslogLine(1_795_000_000_123, 'critical', sender, 'CEF:0|x\n')
    expect(line).toBe('<33>1 2026-11-18T11:06:40.123Z hostname wakeful 7 incident - CEF:0|x')
    expect(countedFrame(line)).toBe(`${line.length} ${line}`)
  })
})
