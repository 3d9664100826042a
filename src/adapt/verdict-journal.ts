import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

export const VERDICTS = ['malicious', 'benign'] as const
export type VerdictWord = (typeof VERDICTS)[number]

/** What a person said of an incident. */
export interface VerdictEntry {
  readonly incident: string
  readonly verdict: VerdictWord
  /** When, on the wall, as ISO 8601. */
  readonly at: string
  /** Who; empty where nobody said. */
  readonly by: string
}

const ID = /^[0-9a-f]{16}$/

/**
 * Verdicts, one a line, never changed: a later one on the same incident stands in place of the earlier. A last line that a crash
 * cut short is ended by the next one written, and is no verdict.
 */
export class VerdictJournal {
  private readonly path: string

  constructor(path: string) {
    this.path = path
  }

  /** Appends a verdict; on the disk when this returns. */
  append(entry: VerdictEntry): void {
    mkdirSync(dirname(this.path), { recursive: true })
    const torn = existsSync(this.path) && !isWhole(readFileSync(this.path))
    const file = openSync(this.path, 'a')
    try {
      writeSync(file, `${torn ? '\n' : ''}${JSON.stringify(entry)}\n`)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  }

  /** The standing verdict of each incident, in the order they were first given; lines that are none are counted. */
  read(): { readonly verdicts: ReadonlyMap<string, VerdictEntry>; readonly malformed: number } {
    const verdicts = new Map<string, VerdictEntry>()
    let malformed = 0
    const text = existsSync(this.path) ? readFileSync(this.path, 'utf8') : ''
    for (const line of text.split('\n')) {
      if (line === '') continue
      const entry = parseEntry(line)
      if (entry) verdicts.set(entry.incident, entry)
      else malformed++
    }
    return { verdicts, malformed }
  }
}

/** Whether text is an incident's id. */
export function isIncidentId(text: string): boolean {
  return ID.test(text)
}

function isWhole(bytes: Uint8Array): boolean {
  return bytes.length === 0 || bytes[bytes.length - 1] === 0x0a
}

function parseEntry(line: string): VerdictEntry | undefined {
  try {
    const read = JSON.parse(line) as Partial<VerdictEntry> | null
    const { incident, verdict, at, by } = read ?? {}
    if (typeof incident !== 'string' || !ID.test(incident) || typeof at !== 'string' || typeof by !== 'string') return
    return verdict === 'malicious' || verdict === 'benign' ? { incident, verdict, at, by } : undefined
  } catch {
    return undefined
  }
}
