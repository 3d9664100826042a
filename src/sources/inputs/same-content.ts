import { createHash } from 'node:crypto'
import { realpath, stat } from 'node:fs/promises'
import { readFileChunks } from './file-input.ts'

/** A file that may stand for others; `once` are pipes, which are never compared. */
export interface Candidate {
  readonly label: string
  readonly path: string
  readonly once: boolean
}

/** A file that is not read, as `kept` is the same. */
export interface Dropped {
  readonly label: string
  readonly path: string
  readonly sameAs: string
}

/**
 * Leaves the first of every group of equal files: one real path and, with `byContent`, one size and one content.
 * Sizes are looked at first, so that only files that may be equal are read.
 */
export async function dropSame<T extends Candidate>(
  sorted: readonly T[],
  byContent: boolean,
): Promise<{ kept: T[]; dropped: Dropped[] }> {
  const dropped: Dropped[] = []
  const byPath: T[] = []
  const paths = new Map<string, T>()
  for (const file of sorted) {
    const real = file.path === '-' ? '-' : await realpath(file.path).catch(() => file.path)
    const first = paths.get(real)
    if (first) dropped.push({ label: file.label, path: file.path, sameAs: first.label })
    else byPath.push(file)
    paths.set(real, first ?? file)
  }
  if (!byContent) return { kept: byPath, dropped }
  const sizes = new Map<T, number>()
  for (const file of byPath) if (!file.once) sizes.set(file, (await stat(file.path).catch(() => undefined))?.size ?? 0)
  const kept: T[] = []
  const contents = new Map<string, T>()
  const shared = countValues(sizes)
  for (const file of byPath) {
    const size = sizes.get(file) ?? 0
    // Empty files are alike and say nothing; each is reported for itself.
    const content = size > 0 && (shared.get(size) ?? 0) > 1 ? await digest(file.path) : undefined
    const first = content === undefined ? undefined : contents.get(content)
    if (first) dropped.push({ label: file.label, path: file.path, sameAs: first.label })
    else kept.push(file)
    if (content !== undefined) contents.set(content, first ?? file)
  }
  return { kept, dropped }
}

function countValues<T>(sizes: ReadonlyMap<T, number>): Map<number, number> {
  const counts = new Map<number, number>()
  for (const size of sizes.values()) counts.set(size, (counts.get(size) ?? 0) + 1)
  return counts
}

/** SHA-256 of a file, or undefined where it cannot be read: reading it will say so. */
async function digest(path: string): Promise<string | undefined> {
  const hash = createHash('sha256')
  let failed = false
  try {
    for await (const chunk of readFileChunks(path, () => (failed = true))) hash.update(chunk)
  } catch {
    failed = true
  }
  return failed ? undefined : hash.digest('hex')
}
