import { type FileHandle, open, readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Octets in front of a place by which a file is known again: its number may be another's by then. */
export const KNOWN_OCTETS = 64
const READ_OCTETS = 1 << 18
const HASH = 0x23
const LF = 0x0a

/** How far a log was read: the file by its number, the end of the last whole line that was read, and what stands before that. */
export interface TailPosition {
  readonly dev: number
  readonly ino: number
  readonly at: number
  /** Base64. */
  readonly known: string
}

/** Where a file stands now, as a position to come back to. */
export async function positionOf(handle: FileHandle, at: number): Promise<TailPosition> {
  const { dev, ino } = await handle.stat()
  return { dev, ino, at, known: (await before(handle, at)).toString('base64') }
}

/** Whether an open file is the one a position is of, and still holds what was read of it. */
export async function isFileOf(handle: FileHandle, position: TailPosition): Promise<boolean> {
  const { dev, ino, size } = await handle.stat()
  if (dev !== position.dev || ino !== position.ino || size < position.at) return false
  return (await before(handle, position.at)).toString('base64') === position.known
}

/**
 * What was written to a log while nobody read it and its file was rotated away: the rest of the file that was being read, and whole
 * files between that one and the one there now. They are looked for beside it, under names that begin as its own. Gives nothing where
 * the file is gone or packed.
 */
export async function* missedSince(path: string, position: TailPosition): AsyncGenerator<Uint8Array, boolean> {
  const folder = dirname(path)
  const names = (await readdir(folder)).filter((name) => name.startsWith(basename(path)) && !name.endsWith('.gz'))
  const files: { path: string; writtenMs: number; isOurs: boolean }[] = []
  for (const name of names) {
    const place = join(folder, name)
    if (place === path) continue
    const found = await stat(place).catch(() => undefined)
    if (!found?.isFile()) continue
    const isOurs = (await withFile(place, (handle) => isFileOf(handle, position))) === true
    files.push({ path: place, writtenMs: found.mtimeMs, isOurs })
  }
  const ours = files.find(({ isOurs }) => isOurs)
  if (!ours) return false
  const later = files.filter((file) => !file.isOurs && file.writtenMs >= ours.writtenMs)
  yield* contentFrom(ours.path, position.at)
  for (const file of later.sort((a, b) => a.writtenMs - b.writtenMs)) yield* contentFrom(file.path, 0)
  return true
}

/** The lines a log begins with that say what its columns are (Zeek): who goes on in the middle needs them too. */
export async function headerLines(handle: FileHandle): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(READ_OCTETS), 0, READ_OCTETS, 0)
  let end = 0
  while (end < bytesRead && buffer[end] === HASH) {
    const next = buffer.indexOf(LF, end)
    if (next < 0 || next >= bytesRead) break
    end = next + 1
  }
  return buffer.subarray(0, end)
}

async function before(handle: FileHandle, at: number): Promise<Buffer> {
  const octets = Buffer.alloc(Math.min(KNOWN_OCTETS, at))
  const { bytesRead } = await handle.read(octets, 0, octets.length, at - octets.length)
  return octets.subarray(0, bytesRead)
}

async function* contentFrom(path: string, start: number): AsyncGenerator<Uint8Array> {
  const handle = await open(path, 'r')
  try {
    if (start > 0) yield await headerLines(handle)
    let last = LF
    for (let at = start; ; ) {
      const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafeSlow(READ_OCTETS), 0, READ_OCTETS, at)
      if (bytesRead === 0) break
      at += bytesRead
      last = buffer[bytesRead - 1]
      yield buffer.subarray(0, bytesRead)
    }
    if (last !== LF) yield Uint8Array.of(LF)
  } finally {
    await handle.close()
  }
}

async function withFile<T>(path: string, work: (handle: FileHandle) => Promise<T>): Promise<T | undefined> {
  const handle = await open(path, 'r').catch(() => undefined)
  try {
    return handle && (await work(handle))
  } finally {
    await handle?.close()
  }
}
