/** A technique of MITRE ATT&CK as far as an incident may name one (attack.mitre.org, Enterprise). */
export interface Technique {
  readonly id: string
  /** Null for an id that this version does not know. */
  readonly name: string | null
  readonly tactics: readonly Tactic[]
}

export interface Tactic {
  readonly id: string
  readonly name: string
}

const COMMAND: Tactic = { id: 'TA0011', name: 'Command and Control' }
const EXFILTRATION: Tactic = { id: 'TA0010', name: 'Exfiltration' }

const KNOWN: Readonly<Record<string, readonly [name: string, tactic: Tactic]>> = {
  T1041: ['Exfiltration Over C2 Channel', EXFILTRATION],
  T1048: ['Exfiltration Over Alternative Protocol', EXFILTRATION],
  'T1048.003': ['Exfiltration Over Unencrypted Non-C2 Protocol', EXFILTRATION],
  T1071: ['Application Layer Protocol', COMMAND],
  'T1071.004': ['DNS', COMMAND],
  T1132: ['Data Encoding', COMMAND],
  'T1132.001': ['Standard Encoding', COMMAND],
  'T1132.002': ['Non-Standard Encoding', COMMAND],
  T1568: ['Dynamic Resolution', COMMAND],
  'T1568.002': ['Domain Generation Algorithms', COMMAND],
  T1572: ['Protocol Tunneling', COMMAND],
}

/** What an id of a technique or subtechnique stands for. */
export function techniqueOf(id: string): Technique {
  const known = Object.hasOwn(KNOWN, id) ? KNOWN[id] : undefined
  return known ? { id, name: known[0], tactics: [known[1]] } : { id, name: null, tactics: [] }
}

/** Id of the technique a subtechnique belongs to; null for what is none. */
export function parentTechnique(id: string): string | null {
  return /^(T\d{4})\.\d{3}$/.exec(id)?.[1] ?? null
}
