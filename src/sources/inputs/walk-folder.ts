import { readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileErrorSentence } from './file-input.ts'

/** Folders inside folders that are followed: deeper is a mistake, or somebody's trap. */
const DEPTH_MAX = 64

/**
 * Regular files below a folder, as paths below it with `/`, sorted; hidden ones are left out, symbolic links followed,
 * a folder entered once. Pipes and devices are left out too: opening one that nobody asked for may wait for ever.
 */
export async function walkFolder(root: string, onFailure: (sentence: string) => void): Promise<string[]> {
  const files: string[] = []
  const entered = new Set<string>()
  const visit = async (folder: string, below: string, depth: number): Promise<void> => {
    try {
      const real = await realpath(folder)
      if (entered.has(real) || depth > DEPTH_MAX) return
      entered.add(real)
      const names = (await readdir(folder)).filter((name) => !name.startsWith('.')).sort()
      for (const name of names) {
        const path = join(folder, name)
        const label = below === '' ? name : `${below}/${name}`
        const found = await stat(path).catch((error: unknown) => fileErrorSentence(path, error))
        if (typeof found === 'string') onFailure(found)
        else if (found.isDirectory()) await visit(path, label, depth + 1)
        else if (found.isFile()) files.push(label)
      }
    } catch (error) {
      onFailure(fileErrorSentence(folder, error))
    }
  }
  await visit(root, '', 0)
  return files
}
