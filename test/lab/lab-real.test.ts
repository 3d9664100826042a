import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeNamespaces, removeNamespaces } from '../../src/lab/real/namespaces.ts'
import { lackOf } from '../../src/lab/real/run-real.ts'
import { runHere } from '../cli/run-here.ts'
import { builtCli } from '../house/built-cli.ts'
import { ROOT } from '../house/tree.ts'

const isThere = (program: string) => spawnSync('which', [program]).status === 0
const missing = ['iodine', 'iodined', 'tcpdump', 'ping'].filter((program) => !isThere(program))
const lack = lackOf() ?? (missing.length > 0 ? `${missing.join(', ')} is not installed.` : undefined) ?? namespaceLack()

/** Whether namespaces, their cable and a tunnel's device can be made at all: some containers have no right to, root or not. */
function namespaceLack(): string | undefined {
  if (!existsSync('/dev/net/tun')) return '/dev/net/tun is not there.'
  try {
    makeNamespaces(process.pid)
    return undefined
  } catch (error) {
    return (error as Error).message
  } finally {
    removeNamespaces(process.pid)
  }
}

const spaces = () => spawnSync('ip', ['netns', 'list'], { encoding: 'utf8' }).stdout

it('says why real tools are not run here, where they are not', ({ skip }) => {
  if (lack === undefined) return
  console.warn(`Real tools are not run: ${lack}`)
  skip()
})

describe.skipIf(lack !== undefined)('wakeful lab real', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wakeful-real-'))
  beforeAll(async () => {
    await builtCli()
    return () => rmSync(folder, { recursive: true, force: true })
  }, 120_000)

  it('captures iodine between two namespaces, which scan finds, and leaves nothing of them', async () => {
    const before = spaces()
    expect(await runHere(['lab', 'real', '--tools', 'iodine', '-o', folder])).toMatchObject({ code: 0, out: '' })
    expect(spaces()).toBe(before)
    expect(readdirSync(folder).sort()).toEqual(['MANIFEST.csv', 'iodine.pcap'])
    const { out } = await runHere(['scan', join(folder, 'iodine.pcap'), '--format', 'ndjson'])
    const [incident] = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(incident).toMatchObject({ registeredDomain: 'real.test', style: { guess: 'iodine' } })
  }, 90_000)

  it('takes away what it made when it is interrupted', async () => {
    const before = spaces()
    const main = resolve(ROOT, 'dist/cli/main.js')
    const child = spawn(process.execPath, [main, 'lab', 'real', '--tools', 'iodine', '-o', join(folder, 'cut')], {
      stdio: 'ignore',
    })
    const gone = once(child, 'exit')
    while (spaces() === before) await new Promise((done) => setTimeout(done, 50))
    await new Promise((done) => setTimeout(done, 1000))
    child.kill('SIGINT')
    expect((await gone)[0]).toBe(130)
    expect(spaces()).toBe(before)
  }, 60_000)
})
