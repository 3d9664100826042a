import type { Incident } from '../detect/incident.ts'

/** An incident with every field set, and whatever a test needs otherwise. */
export function anIncident(other: Partial<Incident> = {}): Incident {
  return {
    kind: 'incident',
    id: '0123456789abcdef',
    registeredDomain: 'evil.example',
    relatedDomains: [],
    clients: ['10.0.0.5'],
    clientCount: 1,
    scope: 'domain',
    firstSeen: '2026-02-03T04:05:06.789Z',
    alertedAt: '2026-02-03T04:05:07.000Z',
    lastSeen: '2026-02-03T05:06:07.890Z',
    queries: 812,
    queriesBeforeAlert: 6,
    bytesOut: 48_210.5,
    bytesIn: 9001,
    bytesBeforeAlert: 212.25,
    prefixOctetsBeforeAlert: 340,
    score: 0.997,
    severity: 'high',
    class: 'tunnel',
    confidence: 'high',
    detectors: [
      { name: 'account', score: 94.2, reason: '48,210 octets of new information left in names', fired: true },
      { name: 'downlink', score: 0.5, reason: 'little came back', fired: false },
    ],
    style: null,
    evidence: {
      signals: [{ name: 'octets up', value: 48_210.5, typical: '8.6 to 66', contribution: 3.1 }],
      sampleQnames: ['aaaa.evil.example', 'bbbb.evil.example'],
      decoded: null,
      rhythm: null,
      qtypes: { TXT: 700, A: 112 },
      timeline: [{ time: '2026-02-03T04:05:06.000Z', queries: 812, octets: 48_210.5, accountOctets: 48_200 }],
    },
    attack: ['T1048.003', 'T1071.004'],
    source: 'capture.pcap',
    ...other,
  }
}

/** A look-up service inside its budget. */
export function aLookup(domain: string): Incident {
  return anIncident({
    registeredDomain: domain,
    severity: 'low',
    class: 'lookup-service',
    alertedAt: null,
    queriesBeforeAlert: null,
    bytesBeforeAlert: null,
    prefixOctetsBeforeAlert: null,
    attack: [],
  })
}

/** Texts that try to leave their line, cell, string or terminal. The first is what a name escaped by RFC 4343 may hold. */
export const HOSTILE: Readonly<Record<string, string>> = {
  'an escaped name': '\\027]0;\\\\"<x>,;\'=\\200.evil.example',
  'a CSI sequence': 'a\x1b[2J\x1b[1;31mred',
  'an OSC sequence': 'a\x1b]0;title\x07\x1b]8;;http://evil.example\x1b\\link',
  'C1 controls': 'a\x9b2Jb\x9d0;t\x9cc\x85d',
  'C0 controls': 'a\x00b\x08c\x0bd\x7fe',
  'line ends': 'a\r\nb\nc\rd\u2028e\u2029f',
  'bidirectional controls': 'a\u202egpj.exe\u202c\u2066b\u2069\u200f',
  'invisible characters': 'a\u200bb\ufeffc\u00add\u{e0041}e',
  'a lone surrogate': 'a\ud800b',
  'a formula': "=cmd|'/C calc'!A0",
  'formulas of other kinds': '@SUM(1+1)*cmd',
  'a formula behind a tab': '\t=1+1',
  'a full-width formula': '＝1+1',
  'a minus': '-1+cmd',
  'a plus': '+1+cmd',
  quotes: 'a"b""c\'d',
  separators: 'a,b;c\td',
  markup: '<script>alert(1)</script>&amp;',
  'wide characters': '漢字'.repeat(40),
  'one long word': 'x'.repeat(300),
}
