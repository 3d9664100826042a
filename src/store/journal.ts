import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs'
import { join } from 'node:path'
import { replaceFile } from '../files/replace-file.ts'
import { writeAll } from '../files/write-all.ts'
import { readJournalLine, writeJournalLine } from './journal-line.ts'

/** Octets of a segment past which the next one begins, behind a snapshot. */
const SEGMENT_OCTETS = 4 << 20
/** Entries that could not be written and wait for room on the disk; past them the oldest are given up, and counted. */
const UNSAVED_MAX = 10_000
const FILE = /^(journal|snapshot)-(\d{8})\.ndjson$/

/** What a journal is kept for. */
export interface JournalKeeper {
  /** Takes up an entry that was written before. */
  apply(entry: unknown): void
  /** All that the entries so far came to. */
  snapshot(): unknown
  /** Takes up a snapshot; throws on one that is none. */
  restore(snapshot: unknown): void
  /** Told of what was damaged, and of what cannot be written now; `undefined` says that it can again. */
  onDoubt(sentence: string): void
  onTrouble(sentence: string | undefined): void
}

/**
 * An append-only file of entries, in segments, each behind a snapshot of all before it:
 *
 * ```
 * journal-00000001.ndjson   snapshot-00000002.ndjson   journal-00000002.ndjson   snapshot-00000003.ndjson   journal-00000003.ndjson
 * ```
 *
 * The two newest snapshots are kept, with the segments behind them: one that is damaged costs nothing. An entry is on the disk when
 * {@link append} returns, or it waits and the keeper is told; a line cut short by a crash is cut off, one damaged in the middle is
 * left out and told of.
 */
export class Journal {
  private readonly folder: string
  private readonly keeper: JournalKeeper
  private readonly segmentOctets: number
  private file = -1
  private segment = 1
  private octets = 0
  private readonly unsaved: string[] = []
  /** Entries that were given up since nothing could be written. */
  lost = 0
  private isWrong = false

  constructor(folder: string, keeper: JournalKeeper, segmentOctets: number = SEGMENT_OCTETS) {
    this.folder = folder
    this.keeper = keeper
    this.segmentOctets = segmentOctets
  }

  /** Reads all there is and opens the last segment, without the entry that was cut short. Throws errors of the file system. */
  open(): void {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 })
    const { last, whole } = this.read()
    this.begin(last)
    if (whole === undefined) return
    const path = this.path('journal', last)
    if (whole < statSync(path).size) {
      this.keeper.onDoubt(`The last entry of ${path} was cut short: it is cut off.`)
      truncateSync(path, whole)
    }
    this.octets = whole
  }

  /** Reads all there is and changes nothing: for those who look on. Gives the last segment, and the octets of its whole entries. */
  read(): { readonly last: number; readonly whole: number | undefined } {
    const from = this.restoreNewest()
    const segments = this.list('journal').filter((segment) => segment >= from)
    if (segments.length > 0 && segments[0] > from) {
      this.keeper.onDoubt(`Entries before ${this.path('journal', segments[0])} are gone: the journal begins there.`)
    }
    let whole: number | undefined
    for (const segment of segments) whole = this.replay(segment)
    return { last: segments.at(-1) ?? from, whole }
  }

  /** Writes an entry; on the disk when this returns, but for a disk that takes nothing: then it is tried again later. */
  append(entry: unknown): void {
    this.unsaved.push(writeJournalLine(entry))
    if (this.unsaved.length > UNSAVED_MAX) {
      this.unsaved.shift()
      this.lost++
    }
    this.save()
  }

  /** Tries once more what could not be written. Called every few seconds. */
  retry(): void {
    if (this.unsaved.length > 0) this.save()
  }

  close(): void {
    this.retry()
    if (this.file >= 0) closeSync(this.file)
    this.file = -1
  }

  private save(): void {
    try {
      const octets = Buffer.from(this.unsaved.join(''))
      try {
        writeAll(this.file, octets)
        fsyncSync(this.file)
      } catch (error) {
        this.takeBack()
        throw error
      }
      this.octets += octets.length
      this.unsaved.length = 0
      if (this.octets >= this.segmentOctets) this.rotate()
      if (this.isWrong) this.keeper.onTrouble(undefined)
      this.isWrong = false
    } catch (error) {
      this.isWrong = true
      this.keeper.onTrouble(
        `The journal in ${this.folder} cannot be written (${(error as Error).message}): make room or give leave; it is tried again, and ${this.unsaved.length} entries wait.`,
      )
    }
  }

  /** Takes back what was written of entries that did not get through whole; where that fails too, their line is damaged, and told of. */
  private takeBack(): void {
    try {
      ftruncateSync(this.file, this.octets)
    } catch {
      // The reason for the first error is the one to be told.
    }
  }

  private rotate(): void {
    const next = this.segment + 1
    const path = this.path('snapshot', next)
    replaceFile(path, writeJournalLine(this.keeper.snapshot()), { mode: 0o600, durable: true })
    const full = this.file
    this.begin(next)
    closeSync(full)
    const [, before = 0] = this.list('snapshot').reverse()
    for (const kind of ['snapshot', 'journal'] as const) {
      for (const number of this.list(kind)) if (number < before) rmSync(this.path(kind, number), { force: true })
    }
  }

  private begin(segment: number): void {
    this.segment = segment
    this.file = openSync(this.path('journal', segment), 'a', 0o600)
    this.octets = 0
  }

  /** Takes up the newest snapshot that is whole; gives the segment that goes on behind it. */
  private restoreNewest(): number {
    for (const number of this.list('snapshot').reverse()) {
      const path = this.path('snapshot', number)
      const read = readJournalLine(readFileSync(path, 'utf8').trimEnd())
      try {
        if (read === undefined) throw new Error('its sum is another')
        this.keeper.restore(read)
        return number
      } catch (error) {
        this.keeper.onDoubt(`The snapshot ${path} is damaged (${(error as Error).message}): an older one is used.`)
      }
    }
    return this.list('journal')[0] ?? 1
  }

  /** Takes up the entries of a segment; gives the octets of its whole lines. */
  private replay(segment: number): number {
    const path = this.path('journal', segment)
    const bytes = readFileSync(path)
    const whole = bytes.lastIndexOf(0x0a) + 1
    let damaged = 0
    for (const line of bytes.toString('utf8', 0, whole).split('\n')) {
      if (line === '') continue
      const entry = readJournalLine(line)
      if (entry === undefined) damaged++
      else this.keeper.apply(entry)
    }
    if (damaged > 0) this.keeper.onDoubt(`${path} holds ${damaged} damaged entries: they are left out.`)
    return whole
  }

  /** Numbers of the files of a kind, in order. */
  private list(kind: 'journal' | 'snapshot'): number[] {
    const found = readdirSync(this.folder).map((name) => FILE.exec(name))
    return found.flatMap((match) => (match?.[1] === kind ? [Number(match[2])] : [])).sort((a, b) => a - b)
  }

  private path(kind: 'journal' | 'snapshot', number: number): string {
    return join(this.folder, `${kind}-${String(number).padStart(8, '0')}.ndjson`)
  }
}
