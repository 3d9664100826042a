import { posix } from 'node:path'
import { importsOf, isTest, type Tree } from './tree.ts'

/** Who may import whom, by folder of src. A row names the folders below it; its own folder goes without saying. */
export type DirectionTable = Readonly<Record<string, readonly string[]>>

/** Every rule answers with its complaints, one sentence each, naming the file. None is a pass. */
type Complaints = string[]

/** The folder of src a path lies in, or undefined outside src. A file straight in src is a folder of its own. */
function wallOf(path: string): string | undefined {
  return /^src\/([^/]+)/.exec(path)?.[1]
}

export function wrongDirections(tree: Tree, table: DirectionTable): Complaints {
  const complaints = new Set<string>()
  for (const [path, text] of tree) {
    const from = wallOf(path)
    if (from === undefined || isTest(path)) continue
    if (!(from in table)) complaints.add(`src/${from} has no row in the table of who may import whom`)
    for (const to of importsOf(path, text)) {
      const wall = wallOf(to)
      if (to.startsWith('test/') || (wall !== undefined && isTest(to))) {
        complaints.add(`${path} imports ${to}, which is for tests`)
      } else if (wall !== undefined && wall !== from && !table[from]?.includes(wall)) {
        complaints.add(`${path} imports ${to}: ${from} may import ${table[from]?.join(', ') || 'nothing'}`)
      }
    }
  }
  return [...complaints].sort()
}

/** Rings of files that import each other, types included, each named in the order they were met. */
export function importRings(tree: Tree): Complaints {
  const rings: string[][] = []
  const order = new Map<string, number>()
  const stack: string[] = []
  // Tarjan 1972: the lowest file reachable from here that is still on the stack closes a ring.
  const visit = (path: string): number => {
    const mine = order.size
    let lowest = mine
    order.set(path, mine)
    stack.push(path)
    for (const to of importsOf(path, tree.get(path) ?? '')) {
      if (!tree.has(to)) continue
      if (!order.has(to)) lowest = Math.min(lowest, visit(to))
      else if (stack.includes(to)) lowest = Math.min(lowest, order.get(to)!)
    }
    if (lowest === mine) {
      const ring = stack.splice(stack.indexOf(path))
      if (ring.length > 1) rings.push(ring)
    }
    return lowest
  }
  for (const path of tree.keys()) if (!order.has(path)) visit(path)
  return rings.map((ring) => ring.sort().join(' <-> ')).sort()
}

/**
 * A folder with an index.ts is a folder of like things, and the index is how the rest finds them. A file in it that
 * neither the index nor any other file asks for, tests aside, is a member somebody forgot to list: its own test passes,
 * and no user ever meets it. What members and their trainers need is asked for by them, and so is not one.
 */
export function unlistedMembers(tree: Tree): Complaints {
  const asked = new Set<string>()
  for (const [path, text] of tree) if (!isTest(path)) for (const to of importsOf(path, text)) asked.add(to)
  const complaints: Complaints = []
  for (const path of tree.keys()) {
    const index = indexAbove(tree, path)
    if (index && index !== path && !isTest(path) && !asked.has(path)) {
      complaints.push(`${path} is not listed in ${index}, and nothing but tests imports it`)
    }
  }
  return complaints.sort()
}

/** The index.ts of the nearest folder within src that has one. */
function indexAbove(tree: Tree, path: string): string | undefined {
  for (let folder = posix.dirname(path); folder.startsWith('src/'); folder = posix.dirname(folder)) {
    if (tree.has(`${folder}/index.ts`)) return `${folder}/index.ts`
  }
  return undefined
}

/** Files of src that neither the program, an index nor a test ever asks for. */
export function deadFiles(tree: Tree, entry: string): Complaints {
  const reached = new Set(
    [...tree.keys()].filter(
      (path) => path === entry || posix.basename(path) === 'index.ts' || !path.startsWith('src/') || isTest(path),
    ),
  )
  // A Set hands out members added while it is being read: the loop ends when nothing new is found.
  for (const path of reached) {
    for (const to of importsOf(path, tree.get(path) ?? '')) if (tree.has(to)) reached.add(to)
  }
  return [...tree.keys()].filter((path) => !reached.has(path)).map((path) => `${path} is imported by nobody`)
}

export interface FileLengths {
  readonly files: number
  readonly medianLines: number
  readonly p90Lines: number
  readonly longest: readonly { readonly path: string; readonly lines: number }[]
}

export function fileLengths(tree: Tree): FileLengths {
  const lengths = [...tree]
    .filter(([path]) => path.startsWith('src/') && !isTest(path))
    .map(([path, text]) => ({ path, lines: text.split('\n').length - 1 }))
    .sort((a, b) => a.lines - b.lines)
  const at = (share: number) => lengths[Math.min(lengths.length - 1, Math.floor(lengths.length * share))]?.lines ?? 0
  return { files: lengths.length, medianLines: at(0.5), p90Lines: at(0.9), longest: lengths.slice(-5).reverse() }
}

/** Lines that hold what a pattern forbids. */
export function forbiddenLines(tree: Tree, patterns: Readonly<Record<string, RegExp>>): Complaints {
  const complaints: Complaints = []
  for (const [path, text] of tree) {
    const lines = text.split('\n')
    for (const [name, pattern] of Object.entries(patterns)) {
      lines.forEach((line, i) => {
        if (pattern.test(line)) complaints.push(`${path}:${i + 1} holds ${name}`)
      })
    }
  }
  return complaints
}
