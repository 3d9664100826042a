import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ROOT } from './tree.ts'

/** What the small checkout builds: prints its words and folder, echoes what `-` reads, exits as told. */
const PROGRAM = `import { readFileSync } from 'node:fs'
const words: string[] = process.argv.slice(2)
const stdin = words.includes('-') ? readFileSync(0, 'utf8') : ''
console.log(JSON.stringify({ words, folder: process.cwd(), stdin }))
const exit = words.indexOf('--exit')
if (exit >= 0) process.exitCode = Number(words[exit + 1])
`

/** Packages the build of the small checkout needs, linked from ours. */
const LINKED = ['typescript', '@types/node']

export interface Said {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/**
 * A checkout of a program of eight lines with our own scripts, "installed" without a network: its lockfile names two
 * packages, and they are linked from ours. The folder's name holds a space, as people's folders do.
 */
export class SmallCheckout {
  readonly root: string

  constructor() {
    this.root = join(realpathSync(mkdtempSync(join(tmpdir(), 'wakeful-'))), 'a checkout')
    for (const path of ['scripts', 'tsconfig.json', 'tsconfig.build.json']) {
      cpSync(join(ROOT, path), join(this.root, path), { recursive: true })
    }
    const packages: Record<string, { version: string }> = {}
    for (const name of LINKED) {
      const real = join(ROOT, 'node_modules', name)
      packages[`node_modules/${name}`] = {
        version: JSON.parse(readFileSync(join(real, 'package.json'), 'utf8')).version,
      }
      const link = join(this.root, 'node_modules', name)
      mkdirSync(dirname(link), { recursive: true })
      symlinkSync(real, link, 'junction')
    }
    this.write('package.json', JSON.stringify({ name: 'small', type: 'module' }))
    this.write('package-lock.json', JSON.stringify({ lockfileVersion: 3, packages: { '': {}, ...packages } }))
    this.write('node_modules/.package-lock.json', JSON.stringify({ packages }))
    this.write('src/cli/main.ts', PROGRAM)
  }

  path(name: string): string {
    return join(this.root, name)
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8')
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(this.path(name)), { recursive: true })
    writeFileSync(this.path(name), text)
  }

  /** `node scripts/run.cjs WORDS` from a folder, without what the test's own npm left in the environment. */
  run(words: readonly string[], { folder = this.root, env = {}, input = '' } = {}): Said {
    const said: SpawnSyncReturns<string> = spawnSync(process.execPath, [this.path('scripts/run.cjs'), ...words], {
      cwd: folder,
      env: { ...plainEnvironment(), ...env },
      encoding: 'utf8',
      input,
    })
    return { code: said.status, stdout: said.stdout, stderr: said.stderr }
  }

  /** The same, without waiting for its end. */
  runBeside(words: readonly string[]): Promise<Said> {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, [this.path('scripts/run.cjs'), ...words], {
        cwd: this.root,
        env: plainEnvironment(),
      })
      let stdout = ''
      let stderr = ''
      child.stdout.on('data', (part) => (stdout += part))
      child.stderr.on('data', (part) => (stderr += part))
      child.once('close', (code) => resolve({ code, stdout, stderr }))
    })
  }

  remove(): void {
    rmSync(dirname(this.root), { recursive: true, force: true, maxRetries: 5 })
  }
}

function plainEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD$|NODE_OPTIONS$|VITEST)/i.test(name))
  return Object.fromEntries(own)
}
