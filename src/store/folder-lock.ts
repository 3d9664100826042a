import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { StoreError } from './store-error.ts'

/**
 * Takes a folder for this process, so that no second one appends to its journal; gives what hands it back. A lock whose process is
 * gone is taken over: so is one with our own number, which is a process before us in a container, where every process is number 1.
 * Throws {@link StoreError} where somebody else is at work in it, or nothing may be written there.
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'lock')
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    for (let attempt = 0; ; attempt++) {
      if (claim(path)) break
      const owner = Number(readFileSync(path, 'utf8'))
      if (attempt > 0 || isAtWork(owner)) {
        throw new StoreError(
          `The journal in ${folder} is in use by process ${owner}: end that one, or name another folder with --journal.`,
        )
      }
      rmSync(path, { force: true })
    }
  } catch (error) {
    if (error instanceof StoreError) throw error
    throw new StoreError(
      `The journal in ${folder} cannot be written (${(error as Error).message}): name a folder you may write to with --journal.`,
    )
  }
  return () => rmSync(path, { force: true })
}

/** Whether the lock is ours now. Opened for writing only where it is new, which the file system settles between two of us. */
function claim(path: string): boolean {
  try {
    const file = openSync(path, 'wx', 0o600)
    writeSync(file, String(process.pid))
    closeSync(file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function isAtWork(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: there is such a process, of another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
