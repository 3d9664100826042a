import { readFileSync } from 'node:fs'

/** Version of this program. package.json lies two levels up from here, both in `src/cli` and in `dist/cli`. */
export function packageVersion(): string {
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version
}
