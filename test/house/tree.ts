import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { posix, resolve } from 'node:path'
import ts from 'typescript'

/** The checkout. */
export const ROOT = resolve(import.meta.dirname, '..', '..')

/** Texts by path from the checkout, with forward slashes. A test plants wrong files by making one by hand. */
export type Tree = ReadonlyMap<string, string>

export function readTree(paths: readonly string[]): Tree {
  return new Map(paths.map((path) => [path, readFileSync(resolve(ROOT, path), 'utf8')]))
}

/** Every file below a folder, in one order on every machine. */
export function filesUnder(folder: string): string[] {
  const entries = readdirSync(resolve(ROOT, folder), { withFileTypes: true })
  return entries
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`]))
    .sort()
}

/** What git tracks or would: no node_modules, no dist. Undefined where there is no git, as in an unpacked archive. */
export function trackedFiles(): string[] | undefined {
  try {
    const words = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate']
    return execFileSync('git', words, { cwd: ROOT, encoding: 'utf8' }).split('\0').filter(Boolean).sort()
  } catch {
    return undefined
  }
}

/** Tests, and helpers only they may import. */
export function isTest(path: string): boolean {
  return /\.(test|testing)\.ts$/.test(path) || path.startsWith('test/')
}

/**
 * What a file asks for: paths from the checkout for its own kind, names as written for packages. Types count: a folder
 * that knows another's types knows the folder. Read by the compiler's own scanner, so that an import named in a
 * comment is none, plus workers, which are started by `new URL('./file.ts', import.meta.url)`.
 */
export function importsOf(path: string, text: string): string[] {
  const imports = ts.preProcessFile(text, true, true).importedFiles.map((file) => file.fileName)
  const workers = [...text.matchAll(/new URL\(\s*'(\.[^']+\.[jt]s)'/g)].map((match) => match[1].replace(/\.js$/, '.ts'))
  return [...imports, ...workers].map((to) => (to.startsWith('.') ? posix.join(posix.dirname(path), to) : to))
}
