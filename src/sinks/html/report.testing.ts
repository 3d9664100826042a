import type { ReportFacts } from './report-facts.ts'

/** What a report needs beside its incidents, and whatever a test needs otherwise. */
export function someFacts(other: Partial<ReportFacts> = {}): ReportFacts {
  const input = { packets: 10, messages: 9, queries: 5, responses: 4, rows: 5, malformed: {}, skipped: 1 }
  return {
    program: 'wakeful 0.0.0',
    model: 'abc',
    observation: 'default',
    span: { firstMs: Date.UTC(2026, 1, 3, 4, 5, 6), lastMs: Date.UTC(2026, 1, 3, 5, 6, 7) },
    lineOctets: 512,
    lookupOctets: 16_384,
    untimed: [],
    stats: { rows: 5, queries: 5, clients: 1, domains: 2, perInput: [{ ...input, source: 'a.pcap' }], leftOut: [] },
    ...other,
  }
}
