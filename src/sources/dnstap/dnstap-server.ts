import { chmodSync, lstatSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import type { DnsBatch } from '../../batch/dns-batch.ts'
import { Matcher } from '../capture/matcher.ts'
import { MessageReader } from '../capture/message-reader.ts'
import { portTable } from '../capture/ports.ts'
import { RowSink } from '../capture/row-sink.ts'
import { countMalformed } from '../input-counts.ts'
import { InputError } from '../input-file.ts'
import type { LiveCounts } from '../live/live-place.ts'
import type { Source, SourceOptions } from '../source.ts'
import { DnstapConnection } from './dnstap-connection.ts'
import { FrameTap } from './frame-tap.ts'

/** Senders at once: a resolver opens one a thread. */
const CONNECTIONS_MAX = 64
/** Full batches that wait to be judged; messages past them are left out, and counted. */
const READY_MAX = 24
/** Rows are handed on this often, however few. */
const FLUSH_EVERY_MS = 100

/** Where to listen. */
export type DnstapPlace = { readonly path: string } | { readonly host: string; readonly port: number }

/** What a server is made with. */
export interface DnstapServerOptions {
  readonly label: string
  readonly index: number
  readonly counts: LiveCounts
  readonly options: SourceOptions
  now(): number
  onTrouble(name: string, sentence: string | undefined): void
}

/**
 * Listens for name servers that send dnstap over a socket. All connections are one source: a resolver's threads send one each, and an
 * answer belongs to its query whoever sends it. What comes faster than it is judged is left out at once and counted exactly, rather
 * than held back: a resolver that cannot write drops too, and tells nobody.
 */
export class DnstapServer implements Source {
  readonly name: string
  readonly timed = true
  private readonly given: DnstapServerOptions
  private readonly rows = new RowSink()
  private readonly matcher: Matcher
  private readonly tap: FrameTap
  private readonly sockets = new Set<Socket>()
  private readonly server: Server
  private ending: AbortSignal | undefined
  private wake: (() => void) | undefined
  private heardMs = 0

  constructor(given: DnstapServerOptions) {
    const { label, index, counts, options } = given
    this.given = given
    this.name = label
    this.matcher = new Matcher(
      this.rows,
      [{ index, label, path: label, chunks: nothing }],
      [counts],
      options.responseWaitMs,
    )
    this.tap = new FrameTap(counts, new MessageReader([counts], portTable(options.ports), this.matcher))
    this.server = createServer((socket) => this.accept(socket))
  }

  /** Listens until the signal. Throws an {@link InputError} where it cannot. */
  async listen(place: DnstapPlace, signal: AbortSignal): Promise<void> {
    const { label } = this.given
    if ('path' in place) await clearStaleSocket(place.path, label)
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', (error: NodeJS.ErrnoException) => reject(new InputError(listenSentence(label, error))))
      this.server.listen(place, resolve)
    })
    this.server.on('error', (error) => this.given.onTrouble(label, `${label}: ${error.message}.`))
    // A resolver runs as another user: its group has to be ours.
    if ('path' in place) chmodSync(place.path, 0o660)
    this.ending = signal
    const end = () => {
      for (const socket of this.sockets) socket.destroy()
      this.server.close()
      this.wake?.()
    }
    signal.addEventListener('abort', end, { once: true })
  }

  async *read(signal: AbortSignal): AsyncGenerator<DnsBatch> {
    const { rows, matcher } = this
    const isOver = () => signal.aborted || this.ending?.aborted === true
    while (!isOver()) {
      if (rows.ready.length === 0) {
        await this.pause()
        if (this.heardMs > 0) this.matcher.advanceBy(this.given.now() - this.heardMs)
        if (rows.ready.length === 0) rows.flush()
      }
      yield* this.handOver()
    }
    matcher.finish()
    rows.flush()
    yield* this.handOver()
  }

  private *handOver(): Generator<DnsBatch> {
    const { rows } = this
    for (let batch = rows.ready.shift(); batch !== undefined; batch = rows.ready.shift()) {
      yield batch
      rows.recycle(batch)
    }
  }

  private accept(socket: Socket): void {
    const { counts } = this.given
    if (this.sockets.size >= CONNECTIONS_MAX) {
      countMalformed(counts, 'connection-refused')
      socket.destroy()
      return
    }
    this.sockets.add(socket)
    socket.on('close', () => this.sockets.delete(socket))
    new DnstapConnection(
      socket,
      (frames) => {
        if (this.rows.ready.length >= READY_MAX) {
          counts.dropped = (counts.dropped ?? 0) + 1
          return
        }
        this.heardMs = this.given.now()
        this.tap.frame('data', frames)
        if (this.rows.ready.length > 0) this.wake?.()
      },
      (reason) => countMalformed(counts, reason),
    )
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, FLUSH_EVERY_MS)
      this.wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

/** A socket that a process before us left behind is in the way; one that somebody listens on is not ours to take. */
async function clearStaleSocket(path: string, label: string): Promise<void> {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (!found) return
  if (!found.isSocket())
    throw new InputError(`${label} is no socket but something else: name another path, or remove it.`)
  const isTaken = await new Promise<boolean>((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('close', () => socket.destroy())
    setTimeout(() => socket.destroy(), 1000).unref()
  })
  if (isTaken) throw new InputError(`${label} is listened on by another process: end that one, or name another path.`)
  rmSync(path)
}

function listenSentence(label: string, { code, message }: NodeJS.ErrnoException): string {
  // A folder that is not there is EACCES too, for a socket.
  if (code === 'EACCES')
    return `${label} cannot be listened on: name a path in a folder that is there and that you may write to.`
  if (code === 'EADDRINUSE') return `${label} is listened on by another process: end that one, or name another port.`
  return `${label} cannot be listened on (${message}).`
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
