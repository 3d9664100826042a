import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { FuzzFailure, liveOctets, runInput, runTarget, shares } from './run-target.ts'
import type { Target } from './target.ts'
import { TARGETS } from './targets.ts'
import { Watchdog } from './watchdog.ts'

const GROWTH_MAX = 32 * 1024 * 1024
const PROGRESS_MS = 500
const USAGE = `npm run fuzz -- [--inputs N] [--seed N] [--target NAME] [--replay FILE --target NAME]
targets: ${TARGETS.map(({ name }) => name).join(' ')}`

const say = (line: string) => process.stdout.write(`${line}\n`)
const mebi = (octets: number) => `${(octets / 1024 / 1024).toFixed(1)} MiB`

/** The command behind `npm run fuzz`; resolves to its exit code: 0 held, 1 broken, 64 not understood. */
export async function drill(args: string[]): Promise<number> {
  const given = readArgs(args)
  if (typeof given === 'string') {
    process.stderr.write(`${given}\n${USAGE}\n`)
    return 64
  }
  const { targets, inputs, seed, replay } = given
  try {
    return replay === undefined ? await fuzz(targets, inputs, seed) : await runAgain(targets[0], replay)
  } catch (error) {
    if (!(error instanceof FuzzFailure)) throw error
    process.stderr.write(`\n${error.cause instanceof Error ? error.cause.stack : ''}\n${error.message}\n`)
    if (replay === undefined) process.stderr.write(`${save(error.target.name, error.bytes)}\n`)
    return 1
  }
}

function readArgs(args: string[]) {
  const text = { type: 'string' } as const
  let values: Record<string, string | undefined>
  try {
    values = parseArgs({ args, options: { inputs: text, seed: text, target: text, replay: text } }).values
  } catch (error) {
    return (error as Error).message
  }
  const { inputs = '5000000', seed = String(Date.now() % 1e9), target, replay } = values
  if (!/^[1-9]\d{0,11}$/.test(inputs)) return `--inputs ${inputs} is no count of inputs.`
  if (!/^\d{1,10}$/.test(seed)) return `--seed ${seed} is no whole number of up to ten digits.`
  const targets = target === undefined ? TARGETS : TARGETS.filter(({ name }) => name === target)
  if (targets.length === 0) return `--target ${target} is none of ours.`
  if (replay !== undefined && target === undefined) return '--replay needs the --target that the file broke.'
  return { targets, inputs: Number(inputs), seed: Number(seed), replay }
}

async function runAgain(target: Target, path: string): Promise<number> {
  const { good, ms } = await runInput(target, new Uint8Array(readFileSync(path)))
  say(`${target.name} held: ${good ? 'taken as whole' : 'counted as malformed or refused'}, ${ms.toFixed(1)} ms`)
  return 0
}

async function fuzz(targets: readonly Target[], inputs: number, seed: number): Promise<number> {
  const dealt = shares(targets, inputs)
  const start = performance.now()
  const cpu = process.cpuUsage()
  const watchdog = new Watchdog()
  say(`${inputs} inputs, seed ${seed}`)
  for (const target of targets) await runTarget(target, Math.ceil(200_000 / inputs) + 20, seed + 1)
  const before = await liveOctets()
  let done = 0
  let shownMs = 0
  for (const [i, target] of targets.entries()) {
    const outcome = await runTarget(target, dealt[i], seed, (bytes, ofTarget) => {
      watchdog.watch(target.name, bytes)
      if (!process.stdout.isTTY || performance.now() - shownMs < PROGRESS_MS) return
      shownMs = performance.now()
      const share = ((100 * (done + ofTarget)) / inputs).toFixed(1)
      process.stdout.write(`\r\x1b[K${share} % ${target.name} ${ofTarget}/${dealt[i]}`)
    })
    done += dealt[i]
    if (process.stdout.isTTY) process.stdout.write('\r\x1b[K')
    say(
      `${target.name}: ${outcome.inputs} inputs, ${Math.round((100 * outcome.whole) / Math.max(1, outcome.inputs))} % whole, ` +
        `${(outcome.cpuMs / 1000).toFixed(1)} s CPU, slowest ${outcome.slowestMs.toFixed(1)} ms`,
    )
  }
  await watchdog.stop()
  const after = await liveOctets()
  const { user, system } = process.cpuUsage(cpu)
  const [heap, arrays] = [after.heap - before.heap, after.arrays - before.arrays]
  say(
    `${done} inputs held; ${((user + system) / 1e6).toFixed(1)} s CPU, ` +
      `${((performance.now() - start) / 1000).toFixed(1)} s; grown by: heap ${mebi(heap)}, arrays ${mebi(arrays)}`,
  )
  if (heap < GROWTH_MAX && arrays < GROWTH_MAX) return 0
  process.stderr.write(`Memory grew past ${mebi(GROWTH_MAX)}.\n`)
  return 1
}

/** Keeps an input, and says how to run it again. */
function save(target: string, bytes: Uint8Array): string {
  const path = join(mkdtempSync(join(tmpdir(), 'wakeful-fuzz-')), `${target}.bin`)
  writeFileSync(path, bytes)
  return `saved ${path}; replay: npm run fuzz -- --target ${target} --replay ${path}`
}
