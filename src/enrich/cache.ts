import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { replaceFile } from '../files/replace-file.ts'
import { type Answer, FACT_KINDS, type Fact } from './fact.ts'
import { at } from './fetch-json.ts'

const VERSION = 1
const DAY_MS = 86_400_000
/** How long an answer holds: a registration does not change, what others think does. "Unknown" is asked again the next day. */
const HOLDS_MS = { reputation: 7 * DAY_MS, age: 30 * DAY_MS, popularity: 0, list: 0 } as const
const UNKNOWN_HOLDS_MS = DAY_MS

/** A folder that nothing can be kept in: one sentence for an operator. */
export class CacheError extends Error {
  override readonly name = 'CacheError'
}

/**
 * Answers kept on disk, a file each, so that nobody is asked twice about the same domain. A file of another version, or that is none, is
 * as if it were not there, and is counted. Failures are never kept: only facts, and "unknown".
 */
export class FactCache {
  /** Files that were there and could not be used, or could not be written. */
  unusable = 0
  private readonly folder: string | undefined
  private readonly now: () => number

  /** Without a folder nothing is kept. Throws a {@link CacheError} where it cannot be made. */
  constructor(folder: string | undefined, now: () => number) {
    this.folder = folder
    this.now = now
    try {
      if (folder !== undefined) mkdirSync(folder, { recursive: true })
    } catch (cause) {
      throw new CacheError(`${folder} cannot be made or is no folder: name another for --cache.`, { cause })
    }
  }

  get(kind: Fact['kind'], domain: string): Answer | undefined {
    if (this.folder === undefined) return undefined
    let text: string
    try {
      text = readFileSync(this.path(kind, domain), 'utf8')
    } catch {
      return undefined
    }
    const kept = parse(text)
    if (at(kept, 'version') !== VERSION || at(kept, 'domain') !== domain) {
      this.unusable++
      return undefined
    }
    const savedMs = at(kept, 'savedMs')
    const fact = at(kept, 'fact')
    const holdsMs = fact === null ? UNKNOWN_HOLDS_MS : HOLDS_MS[kind]
    if (typeof savedMs !== 'number' || this.now() - savedMs > holdsMs) return undefined
    if (fact === null) return { missing: 'unknown' }
    if (isFact(fact) && fact.kind === kind) return { fact }
    this.unusable++
    return undefined
  }

  keep(kind: Fact['kind'], domain: string, answer: Answer): void {
    if (this.folder === undefined || ('missing' in answer && answer.missing !== 'unknown')) return
    const fact = 'fact' in answer ? answer.fact : null
    const path = this.path(kind, domain)
    try {
      replaceFile(path, `${JSON.stringify({ version: VERSION, domain, savedMs: this.now(), fact })}\n`)
    } catch {
      // A full disk must not take the facts, nor the alerts they stand beside.
      this.unusable++
    }
  }

  /** A name is hostile: its hash is not. */
  private path(kind: string, domain: string): string {
    return join(this.folder!, `${kind}-${createHash('sha256').update(domain).digest('hex').slice(0, 32)}.json`)
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isFact(value: unknown): value is Fact {
  const [words, source, asOf, figure] = ['words', 'source', 'asOf', 'value'].map((key) => at(value, key))
  const texts = [words, source, asOf].every((text) => typeof text === 'string' && text.length <= 300)
  return (
    texts && FACT_KINDS.some((kind) => kind === at(value, 'kind')) && (figure === null || typeof figure === 'number')
  )
}
