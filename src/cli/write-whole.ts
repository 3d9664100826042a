import { closeSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { besideOf, replaceFile } from '../files/replace-file.ts'
import { writeAll } from '../files/write-all.ts'
import { EXIT, ExitError } from './exit.ts'

/**
 * Writes a file so that nobody ever reads half of it: beside its place first, then renamed. What a link points at is
 * replaced, not the link; a pipe or device (`/dev/stderr`) is written to, as a rename would put a file in its place.
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  attempt(path, () => {
    const place = realPlace(path)
    if (place.special) writeFileSync(path, content)
    else replaceFile(place.path, content)
  })
}

/** As {@link writeWhole}, piece by piece; where the pieces end in an error, or `signal` says so, there is no file. */
export async function writePieces(
  path: string,
  pieces: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  const place = attempt(path, () => realPlace(path))
  const target = place.special ? path : besideOf(place.path)
  const remove = () => {
    if (!place.special) rmSync(target, { force: true })
  }
  const file = attempt(path, () => openSync(target, 'w'))
  // A signal ends the process without waiting for what is under way here.
  process.once('exit', remove)
  try {
    try {
      for await (const piece of pieces) attempt(path, () => writeAll(file, piece))
    } finally {
      closeSync(file)
    }
    if (!place.special && !signal.aborted) attempt(path, () => renameSync(target, place.path))
  } finally {
    process.off('exit', remove)
    remove()
  }
}

function attempt<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    throw unwritable(path, cause)
  }
}

function unwritable(path: string, cause: unknown): ExitError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new ExitError(EXIT.io, `${path} cannot be written (${reason}): name a file in a folder you may write to.`, {
    cause,
  })
}

function realPlace(path: string): { path: string; special: boolean } {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return { path, special: false }
  return { path: realpathSync(path), special: !found.isFile() && !found.isDirectory() }
}
