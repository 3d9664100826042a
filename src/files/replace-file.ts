import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { writeAll } from './write-all.ts'

/** How a file is replaced. */
export interface ReplaceOptions {
  /** Permissions of the new file, less the process's mask. */
  readonly mode?: number
  /** Whether its octets are on the disk when this returns, so that a machine that stops then loses nothing. */
  readonly durable?: boolean
  /** Where the file that stood there goes; it is written over if not said. */
  readonly before?: string
}

/** Where the new octets of a file wait until they are whole: a name of this process, so that two never write one file. */
export function besideOf(path: string): string {
  return `${path}.${process.pid}.part`
}

/**
 * Replaces a file so that nobody ever reads half of it: beside its place first, then renamed. Where that fails the old
 * file stands and nothing lies beside it. A link's own place is taken, not what it points at. Throws errors of the file
 * system.
 *
 * @example
 * replaceFile('tokens.json', '[]\n', { mode: 0o600, durable: true })
 */
export function replaceFile(path: string, content: string | Uint8Array, options: ReplaceOptions = {}): void {
  const { mode = 0o666, durable = false, before } = options
  const beside = besideOf(path)
  try {
    // What a killed process of this number left has permissions of its own.
    rmSync(beside, { force: true })
    const file = openSync(beside, 'wx', mode)
    try {
      writeAll(file, content)
      if (durable) fsyncSync(file)
    } finally {
      closeSync(file)
    }
    if (before !== undefined && existsSync(path)) renameSync(path, before)
    renameSync(beside, path)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
}
