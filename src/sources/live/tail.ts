import { type FileHandle, open, stat } from 'node:fs/promises'
import { fileErrorSentence } from '../inputs/file-input.ts'
import type { Pause } from './pause.ts'
import { headerLines, isFileOf, KNOWN_OCTETS, missedSince, positionOf, type TailPosition } from './tail-position.ts'

const READ_OCTETS = 1 << 18
const LF = 0x0a
const LINE_END = new Uint8Array([LF])
const NOTHING = new Uint8Array(0)

/** What a tail is made with. */
export interface TailOptions {
  /** Waits until it is worth looking again; time is an argument. */
  readonly pause: Pause
  /** Told of what a person should know: that the file is not there, that it is back, that it was cut. */
  readonly say: (sentence: string) => void
  /** Told why the file cannot be read now, and with `undefined` that it can again. */
  readonly onTrouble: (path: string, sentence: string | undefined) => void
  /** How far a log was read by a process before us; nothing where none did. */
  readonly positionOf?: (path: string) => TailPosition | undefined
  /** Told how far a log is read when there is nothing more for now, and all that was read of it has been taken. */
  readonly onCaughtUp?: (path: string, position: TailPosition) => void
}

/**
 * The octets of a file that is written to, from its beginning and for as long as nobody aborts; an empty chunk says that there is nothing more for now.
 *
 * A rotation is followed in each of its ways. **Renamed**, or **deleted and made anew**: the path leads to another file than the one
 * held open, which is read to its end first; its number cannot be given to the new one while we hold it. **Copied and cut**: the
 * file is shorter than what was read of it, or other octets stand in front of that place. **Packed** (gzip) after a rename: the file
 * held open stays whole. Where a file ends in the middle of a line, a line end is put behind it, so that two halves never read as one.
 *
 * What was appended between a copy and its cut is lost with every reader of such a log.
 */
export async function* tail(path: string, options: TailOptions, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  let trouble: string | undefined
  let from = options.positionOf?.(path)
  while (!signal.aborted) {
    let handle: FileHandle | undefined
    try {
      handle = await open(path, 'r')
      let start = 0
      if (from !== undefined) {
        if (await isFileOf(handle, from)) {
          start = from.at
          yield await headerLines(handle)
        } else if (!(yield* missedSince(path, from))) {
          options.say(
            `${path} is not the file that was read before, and that one is gone or packed: what it held at its end was not read.`,
          )
        }
        from = undefined
      }
      for await (const chunk of new HeldFile(path, handle, options, start).read(signal)) {
        if (trouble !== undefined) {
          options.onTrouble(path, undefined)
          options.say(`${path} is there, and is read.`)
          trouble = undefined
        }
        yield chunk
      }
    } catch (error) {
      const sentence = troubleOf(path, error)
      if (sentence !== trouble) {
        options.onTrouble(path, sentence)
        options.say(sentence)
      }
      trouble = sentence
      yield NOTHING
      await options.pause(signal)
    } finally {
      await handle?.close()
    }
  }
}

/** One sentence for an error of the file system; a bug of ours is none, and ends the process. */
function troubleOf(path: string, error: unknown): string {
  if (!(error instanceof Error && 'code' in error)) throw error
  if (error.code === 'ENOENT') return `${path} is not there yet: it is read when it is.`
  return `${fileErrorSentence(path, error)} It is tried again.`
}

/** One file, from when it is opened until its path leads to another. */
class HeldFile {
  private readonly path: string
  private readonly handle: FileHandle
  private readonly options: TailOptions
  private at: number
  private lineAt: number
  private last: number = LF
  private known: Buffer = Buffer.alloc(0)

  constructor(path: string, handle: FileHandle, options: TailOptions, start: number) {
    this.path = path
    this.handle = handle
    this.options = options
    this.at = start
    this.lineAt = start
  }

  async *read(signal: AbortSignal): AsyncGenerator<Uint8Array> {
    let replaced = false
    while (!signal.aborted) {
      if (await this.wasRewritten()) {
        this.options.say(`${this.path} was cut: it is read from its beginning.`)
        yield* this.lineEnd()
        this.at = 0
        this.lineAt = 0
        this.known = Buffer.alloc(0)
      }
      let some = false
      for (let chunk = await this.more(); chunk.length > 0; chunk = await this.more()) {
        some = true
        yield chunk
        if (signal.aborted) return
      }
      // Its writer may hold the old file a little longer: it is left when a look finds nothing new.
      if (replaced && !some) {
        yield* this.lineEnd()
        return
      }
      replaced = await this.isReplaced()
      yield NOTHING
      this.options.onCaughtUp?.(this.path, await positionOf(this.handle, this.lineAt))
      await this.options.pause(signal)
    }
  }

  private async more(): Promise<Uint8Array> {
    const buffer = Buffer.allocUnsafeSlow(READ_OCTETS)
    const { bytesRead } = await this.handle.read(buffer, 0, READ_OCTETS, this.at)
    const chunk = buffer.subarray(0, bytesRead)
    if (bytesRead === 0) return chunk
    const end = chunk.lastIndexOf(LF)
    if (end >= 0) this.lineAt = this.at + end + 1
    this.at += bytesRead
    this.last = chunk[bytesRead - 1]
    this.known = Buffer.concat([this.known, chunk.subarray(-KNOWN_OCTETS)]).subarray(-KNOWN_OCTETS)
    return chunk
  }

  private *lineEnd(): Generator<Uint8Array> {
    if (this.last !== LF) yield LINE_END
    this.last = LF
  }

  private async wasRewritten(): Promise<boolean> {
    const { size } = await this.handle.stat()
    if (size < this.at) return true
    if (size === this.at) return false
    const before = Buffer.alloc(this.known.length)
    const { bytesRead } = await this.handle.read(before, 0, before.length, this.at - before.length)
    return !before.subarray(0, bytesRead).equals(this.known)
  }

  private async isReplaced(): Promise<boolean> {
    const [held, there] = await Promise.all([this.handle.stat(), stat(this.path).catch(() => undefined)])
    // Deleted and nothing there yet: what holds it open may still write.
    return there !== undefined && (there.ino !== held.ino || there.dev !== held.dev)
  }
}
