// What the dashboard reads of the API's answers; the whole of them is in its OpenAPI document, /api/openapi.json.

export type Severity = 'low' | 'medium' | 'high' | 'critical'
export type Standing = 'open' | 'withheld' | 'benign' | 'malicious' | 'low'

export interface Summary {
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
  score: number
  severity: Severity
  class: string
  confidence: string
  detectors: { name: string; score: number; reason: string; fired: boolean }[]
  style: { guess: string; confidence: number } | null
  attack: string[]
  source: string
}

export interface Incident extends Summary {
  evidence: {
    signals: { name: string; value: number; typical: string; contribution: number }[]
    sampleQnames: string[]
    decoded: {
      encoding: string
      preview: string
      magic: string | null
      entropyBefore: number
      entropyAfter: number
    } | null
    rhythm: string | null
    qtypes: Record<string, number>
    timeline: { time: string | null; queries: number; octets: number; accountOctets: number }[]
  }
}

export interface Kept<I> {
  incident: I
  revision: number
  firstReceivedMs: number
  receivedMs: number
  demo: boolean
  burnIn: boolean
  stand: { standing: Standing; suppression: string | null; pastBudget: boolean }
}

export interface Detail extends Kept<Incident> {
  verdict: { verdict: 'malicious' | 'benign'; by: string; note: string; atMs: number } | null
  facts: {
    atMs: number
    facts: { kind: string; words: string; source: string; asOf: string }[]
    missing: Record<string, string>
  } | null
  limits: { accountOctets: number }
  pivots: { name: string; query: string }[]
}

export interface Suppression {
  id: string
  domain: string | null
  client: string | null
  octetsADay: number
  reason: string
  owner: string
  createdMs: number
  expiresMs: number
  hits: number
  lastHitMs: number | null
  liftedMs: number | null
}

export interface Health {
  state: string
  troubles: string[]
  sources: {
    name: string
    rows: number
    malformed: Record<string, number>
    skipped: number
    dropped: number
    seenElsewhere: number
    newest: string | null
    behindMs: number | null
    failure: string | null
  }[]
  targets: { name: string; waiting: number; sent: number; refused: number; dropped: number; trouble: string | null }[]
  unread: number
  rowsTotal: number
  rowsPerSecond: number
  recentRowsPerSecond: number[]
  dropped: number
  deadLetters: number
  journalLost: number
  incidents: Record<Standing, number>
  rssMiB: number
  heapMiB: number
  upSeconds: number
  burnInUntil: string | null
}

export interface Models {
  detecting: { version: string; accountOctets: number }
  learning: boolean
  current: string | null
  shadow: string | null
  taught: Record<string, number> | null
  drifts: number
  evidence: { rows: number; currentRight: number; shadowRight: number } | null
  samples: { atMs: number; labels: number; drifts: number; rows: number; currentRight: number; shadowRight: number }[]
  history: { action: string; version: string; at: string; evidence: string }[]
}

export interface BurnIn {
  until: string | null
  alerts: number
  proposals: { id: string; registeredDomain: string; severity: Severity; octetsADay: number }[]
}
