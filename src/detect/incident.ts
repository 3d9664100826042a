import type { Decoded } from './evidence/payload.ts'

/** How bad an incident is; `medium` and above is an alert (DESIGN.md 4). */
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

/** One signal of the evidence, beside what is typical of benign domains. */
export interface Signal {
  name: string
  value: number
  typical: string
  contribution: number
}

/** What one detector says. */
export interface DetectorResult {
  name: string
  score: number
  reason: string
  fired: boolean
}

/** The incident contract (DESIGN.md 4): one a registered domain, or one a group of domains a client rotates through. */
export interface Incident {
  kind: 'incident'
  id: string
  registeredDomain: string
  relatedDomains: string[]
  clients: string[]
  clientCount: number
  scope: 'domain' | 'client'
  firstSeen: string | null
  alertedAt: string | null
  lastSeen: string | null
  queries: number
  queriesBeforeAlert: number | null
  bytesOut: number
  bytesIn: number
  bytesBeforeAlert: number | null
  prefixOctetsBeforeAlert: number | null
  score: number
  severity: Severity
  class: 'tunnel' | 'exfiltration' | 'lookup-service' | 'unknown'
  confidence: 'low' | 'medium' | 'high'
  detectors: DetectorResult[]
  style: { guess: string; confidence: number } | null
  evidence: {
    signals: Signal[]
    sampleQnames: string[]
    decoded: Decoded | null
    /** One sentence on the rhythm of the queries since the alert. */
    rhythm: string | null
    qtypes: Record<string, number>
    timeline: { time: string | null; queries: number; octets: number; accountOctets: number }[]
    /** What others say of the domain, where somebody asked; never a reason for or against an alert. */
    facts?: { kind: string; words: string; value: number | null; source: string; asOf: string }[]
  }
  attack: string[]
  source: string
}

/** Whether the incident is an alert. */
export function isAlert(incident: Incident): boolean {
  return incident.severity !== 'low'
}
