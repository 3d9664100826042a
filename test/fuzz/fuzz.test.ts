import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../../src/stats/random.ts'
import { MUTANT_OCTETS_MAX, mutate } from './mutate.ts'
import { FuzzFailure, liveOctets, type Outcome, runInput, runTarget, shares } from './run-target.ts'
import { TARGETS } from './targets.ts'

/** Fewer in all than `npm run fuzz` runs; enough for every edit to meet every octet of the corpora many times. */
const INPUTS = 200_000
const SEED = 2026
const GROWTH_MAX = 32 * 1024 * 1024

describe(`${INPUTS.toLocaleString('en')} mutated inputs`, () => {
  const dealt = shares(TARGETS, INPUTS)
  const outcomes: Outcome[] = []
  let before: Awaited<ReturnType<typeof liveOctets>>

  beforeAll(async () => {
    // Caches and compiled code are no leak: they are filled before the measuring starts.
    for (const target of TARGETS) await runTarget(target, 20, 1)
    before = await liveOctets()
  })

  it.each(TARGETS.map((target, i) => [target.name, target, dealt[i]] as const))('%s', async (_, target, inputs) => {
    try {
      outcomes.push(await runTarget(target, inputs, SEED))
    } catch (error) {
      if (!(error instanceof FuzzFailure)) throw error
      const path = join(mkdtempSync(join(tmpdir(), 'wakeful-fuzz-')), `${target.name}.bin`)
      writeFileSync(path, error.bytes)
      error.message += `\nreplay: npm run fuzz -- --target ${target.name} --replay ${path}`
      throw error
    }
  })

  it('leave no memory behind', async () => {
    const after = await liveOctets()
    const mebi = (octets: number) => `${(octets / 1024 / 1024).toFixed(1)} MiB`
    const lines = outcomes.map(
      ({ target, inputs, whole, cpuMs, slowestMs }) =>
        `${target}: ${inputs} inputs, ${Math.round((100 * whole) / inputs)} % whole, ` +
        `${(cpuMs / 1000).toFixed(1)} s CPU, slowest ${slowestMs.toFixed(1)} ms`,
    )
    const cpu = outcomes.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / 1000
    const growth = `heap ${mebi(after.heap - before.heap)}, arrays ${mebi(after.arrays - before.arrays)}`
    console.log([...lines, `${cpu.toFixed(1)} s CPU in all; grown by: ${growth}`].join('\n'))
    expect(outcomes.reduce((sum, { inputs }) => sum + inputs, 0)).toBe(INPUTS)
    expect(after.heap - before.heap).toBeLessThan(GROWTH_MAX)
    expect(after.arrays - before.arrays).toBeLessThan(GROWTH_MAX)
  })

  it('are some of them whole and most not, or the mutations test nothing', () => {
    for (const { inputs, whole } of outcomes) expect(whole).toBeLessThan(inputs)
    expect(outcomes.filter(({ whole }) => whole > 0).length).toBeGreaterThan(TARGETS.length / 2)
  })
})

describe('the corpora', () => {
  it.each(TARGETS.map((target) => [target.name, target] as const))(
    'of %s are what they are said to be',
    async (_, target) => {
      for (const bytes of target.corpus) expect((await runInput(target, bytes)).good).toBe(true)
      for (const bytes of target.flawed ?? []) expect((await runInput(target, bytes)).good).toBe(false)
    },
  )
})

describe('mutate', () => {
  const [input, other] = [Buffer.from('abcdefghijklmnop'), Buffer.alloc(5000, 'x')]

  it('gives the same for the same numbers, and leaves what it is given alone', () => {
    const [a, b] = [createRandom(5), createRandom(5)]
    for (let i = 0; i < 500; i++) expect(mutate(input, other, a)).toEqual(mutate(input, other, b))
    expect(input.toString()).toBe('abcdefghijklmnop')
  })

  it('changes nearly every input, and keeps to its bound', () => {
    const random = createRandom(6)
    const mutants = Array.from({ length: 2000 }, () => mutate(input, other, random))
    expect(mutants.filter((mutant) => !input.equals(mutant)).length).toBeGreaterThan(1900)
    const longest = Math.max(...mutants.map(({ length }) => length))
    expect(longest).toBeGreaterThan(MUTANT_OCTETS_MAX / 2)
    expect(longest).toBeLessThanOrEqual(MUTANT_OCTETS_MAX)
  })
})
