import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { builtCli } from '../house/built-cli.ts'
import { ROOT } from '../house/tree.ts'

/** What a run of the program said. */
export interface Said {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** The built program, run from the checkout as people run it, with a folder of its own for what a test makes. */
export class Cli {
  readonly path: string
  readonly folder: string = mkdtempSync(join(tmpdir(), 'wakeful-cli-'))

  private constructor(path: string) {
    this.path = path
  }

  static async build(): Promise<Cli> {
    return new Cli(await builtCli())
  }

  /** A place in the test's own folder. */
  at(...parts: string[]): string {
    return join(this.folder, ...parts)
  }

  run(words: readonly string[], { input = '' as string | Uint8Array, env = {} } = {}): Said {
    const said: SpawnSyncReturns<string> = spawnSync(process.execPath, [this.path, ...words], {
      cwd: ROOT,
      env: { ...process.env, NO_COLOR: '', ...env },
      encoding: 'utf8',
      input,
      maxBuffer: 2 ** 28,
    })
    return { code: said.status, out: said.stdout, err: said.stderr }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** Objects of an ndjson output. */
export function objectsOf(text: string): { [key: string]: unknown; registeredDomain: string }[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}
