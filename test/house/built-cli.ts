import { createRequire } from 'node:module'
import { join } from 'node:path'
import { ROOT } from './tree.ts'

const { ensureBuilt } = createRequire(import.meta.url)('../../scripts/setup/main.cjs')

/** Path of the built program, made anew where the sources changed since. Call it from beforeAll with time to build. */
export async function builtCli(): Promise<string> {
  await ensureBuilt()
  return join(ROOT, 'dist', 'cli', 'main.js')
}
