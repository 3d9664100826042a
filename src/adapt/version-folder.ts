import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { replaceFile } from '../files/replace-file.ts'

/** Something that cannot be done with versions; the message is one sentence for the operator. */
export class VersionError extends Error {
  override readonly name = 'VersionError'
}

/** What was done with a version, and when. */
export interface VersionEvent {
  readonly action: 'shadow' | 'evidence' | 'promote' | 'rollback'
  /** First 16 digits of the file's SHA-256. */
  readonly version: string
  readonly at: string
  /** What a promotion rests on, or that it was forced. */
  readonly evidence: string
  /** How the shadow did so far, where that is what is told. */
  readonly judged?: Evidence
}

/** How a shadow did beside the current version, on labelled rows that trained neither. */
export interface Evidence {
  readonly rows: number
  readonly currentRight: number
  readonly shadowRight: number
}

/** Labelled rows below which nothing is shown. */
export const EVIDENCE_ROWS = 50

/**
 * Model versions of a folder: files by their hash, never changed, and a history that says which of them is current and which
 * stands beside it as a shadow, scored and without a say.
 *
 * ```
 * versions/<hash>.model     history.ndjson
 * ```
 */
export class VersionFolder {
  private readonly folder: string

  constructor(folder: string) {
    this.folder = folder
  }

  /** What was done, oldest first. A line that a crash cut short says nothing. */
  history(): VersionEvent[] {
    return this.text().split('\n').flatMap(parseEvent)
  }

  /** The version that has the say (none: the model that ships), and the one beside it. */
  standing(): { readonly current: string | undefined; readonly shadow: string | undefined } {
    const promoted: string[] = []
    let shadow: string | undefined
    for (const { action, version } of this.history()) {
      if (action === 'shadow') shadow = version
      else if (action === 'promote') {
        promoted.push(version)
        if (shadow === version) shadow = undefined
      } else if (action === 'rollback') promoted.pop()
    }
    return { current: promoted.at(-1), shadow }
  }

  /** How the shadow did where it stands, as far as that was told; the last word counts. */
  evidence(): Evidence | undefined {
    const { shadow } = this.standing()
    return this.history().findLast(({ action, version }) => action === 'evidence' && version === shadow)?.judged
  }

  /** Tells how the shadow did so far. */
  judge(version: string, at: string, judged: Evidence): void {
    const { rows, currentRight, shadowRight } = judged
    this.write({
      action: 'evidence',
      version,
      at,
      evidence: restsOn(judged),
      judged: { rows, currentRight, shadowRight },
    })
  }

  /** Octets of a version, as they were when it was kept. Throws {@link VersionError}. */
  read(version: string): Uint8Array {
    const path = this.path(version)
    const bytes = existsSync(path) ? readFileSync(path) : undefined
    if (bytes === undefined || hashOf(bytes) !== version) {
      throw new VersionError(`The version ${version} is damaged or gone (${path}): shadow its file again.`)
    }
    return bytes
  }

  /** Keeps a model file as a version and puts it beside the current one; gives its name. */
  shadow(bytes: Uint8Array, at: string): string {
    const version = hashOf(bytes)
    mkdirSync(join(this.folder, 'versions'), { recursive: true })
    replaceFile(this.path(version), bytes, { durable: true })
    this.write({ action: 'shadow', version, at, evidence: '' })
    return version
  }

  /** Gives the shadow the say. Throws {@link VersionError} where nothing shows that it deserves it, unless forced. */
  promote(at: string, evidence: Evidence | undefined, force: boolean): string {
    const { shadow } = this.standing()
    if (shadow === undefined) {
      throw new VersionError(
        'There is no shadow to promote: put one beside with wakeful model shadow FILE --state FOLDER.',
      )
    }
    this.read(shadow)
    const doubt = doubtOf(evidence)
    if (doubt !== undefined && !force) throw new VersionError(`${doubt}: judge it on more, or say --force.`)
    const rests = doubt === undefined ? restsOn(evidence!) : 'forced'
    this.write({ action: 'promote', version: shadow, at, evidence: rests })
    return shadow
  }

  /** Gives the say back to the version before; gives its name, or `undefined` where that is the shipped model. */
  rollback(at: string): string | undefined {
    const { current } = this.standing()
    if (current === undefined) throw new VersionError('Nothing was promoted, so there is nothing to roll back.')
    this.write({ action: 'rollback', version: current, at, evidence: '' })
    return this.standing().current
  }

  /** Where a version lies. */
  path(version: string): string {
    return join(this.folder, 'versions', `${version}.model`)
  }

  private text(): string {
    const path = join(this.folder, 'history.ndjson')
    return existsSync(path) ? readFileSync(path, 'utf8') : ''
  }

  private write(event: VersionEvent): void {
    mkdirSync(this.folder, { recursive: true })
    const torn = !/(^|\n)$/.test(this.text())
    appendFileSync(join(this.folder, 'history.ndjson'), `${torn ? '\n' : ''}${JSON.stringify(event)}\n`)
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16)
}

function restsOn({ rows, currentRight, shadowRight }: Evidence): string {
  return `${shadowRight} against ${currentRight} right of ${rows}`
}

function doubtOf(evidence: Evidence | undefined): string | undefined {
  const { rows = 0, shadowRight = 0, currentRight = 0 } = evidence ?? {}
  if (rows < EVIDENCE_ROWS) return `The shadow was judged on ${rows} labelled rows, and ${EVIDENCE_ROWS} are needed`
  if (shadowRight >= currentRight) return undefined
  return `The shadow was right less often (${shadowRight} against ${currentRight} of ${rows})`
}

function parseEvent(line: string): VersionEvent[] {
  try {
    const event = JSON.parse(line) as VersionEvent
    const known =
      ['shadow', 'evidence', 'promote', 'rollback'].includes(event.action) && /^[0-9a-f]{16}$/.test(event.version)
    return known ? [event] : []
  } catch {
    return []
  }
}
