import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** One file of the dashboard. */
export interface StaticFile {
  readonly type: string
  readonly body: Buffer
  /** Whether its name holds a hash of what is in it. */
  readonly isHashed: boolean
}

/** Where a build puts the dashboard: beside this folder, both for `src/serve` run from a checkout and for `dist/serve`. */
const PLACES = ['../web/', '../../dist/web/'].map((place) => fileURLToPath(new URL(place, import.meta.url)))

/**
 * The dashboard's files by the path they are asked for, all in memory: there are a handful, and what is not in this list cannot be
 * asked for, whatever the path looks like.
 */
export function loadDashboard(): ReadonlyMap<string, StaticFile> {
  const folder = PLACES.find((place) => existsSync(join(place, 'index.html')))
  const files = new Map<string, StaticFile>()
  if (folder === undefined) return files
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = TYPES[extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const path = join(entry.parentPath, entry.name)
    const name = path.slice(folder.length).replaceAll('\\', '/').replace(/^\/+/, '')
    files.set(name === 'index.html' ? '/' : `/${name}`, {
      ...{ type, body: readFileSync(path), isHashed: name.startsWith('assets/') },
    })
  }
  return files
}
