import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { EXIT, ExitError } from './exit.ts'

/**
 * Writes a file so that nobody ever reads half of it: beside its place first, then renamed. What a link points at is
 * replaced, not the link; a pipe or device (`/dev/stderr`) is written to, as a rename would put a file in its place.
 */
export function writeWhole(path: string, text: string): void {
  let beside: string | undefined
  try {
    const place = realPlace(path)
    if (place.special) {
      writeFileSync(path, text)
      return
    }
    beside = `${place.path}.${process.pid}.part`
    writeFileSync(beside, text)
    renameSync(beside, place.path)
  } catch (cause) {
    if (beside !== undefined) rmSync(beside, { force: true })
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ExitError(EXIT.io, `${path} cannot be written (${reason}): name a file in a folder you may write to.`, {
      cause,
    })
  }
}

function realPlace(path: string): { path: string; special: boolean } {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return { path, special: false }
  return { path: realpathSync(path), special: !found.isFile() && !found.isDirectory() }
}
