import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createRandom, randomInteger } from '../../src/stats/random.ts'
import { mutate } from './mutate.ts'
import type { Target } from './target.ts'

/** Longest time an input may take. */
export const INPUT_MS_MAX = 250
/** Another process may take the machine for a while; a slow input is slow each time. */
const GOES = 3

/** An input that broke a decoder. */
export class FuzzFailure extends Error {
  override readonly name = 'FuzzFailure'
  readonly target: Target
  readonly bytes: Uint8Array

  constructor(target: Target, bytes: Uint8Array, what: string, cause?: unknown) {
    super(`${target.name}: ${what}`, { cause })
    this.target = target
    this.bytes = bytes
  }
}

export interface Outcome {
  readonly target: string
  readonly inputs: number
  /** Inputs taken without complaint. */
  readonly whole: number
  readonly cpuMs: number
  readonly slowestMs: number
  /** Octets of the longest input. */
  readonly longest: number
}

/** How many inputs each target gets of `inputs`, by weight; the rounding falls to the first. */
export function shares(targets: readonly Target[], inputs: number): number[] {
  const sum = targets.reduce((total, { weight }) => total + weight, 0)
  const dealt = targets.map(({ weight }) => Math.floor((inputs * weight) / sum))
  dealt[0] += inputs - dealt.reduce((total, share) => total + share, 0)
  return dealt
}

/** What is seen of a run: the input about to be run, and its number. */
export type OnInput = (bytes: Uint8Array, done: number) => void

/** Runs mutants of a target's corpus, the same for the same seed. Throws {@link FuzzFailure} at the first that breaks it. */
export async function runTarget(target: Target, inputs: number, seed: number, onInput?: OnInput): Promise<Outcome> {
  const random = createRandom(seed ^ Buffer.from(target.name).reduce((hash, octet) => (hash * 31 + octet) | 0, 7))
  const corpus = [...target.corpus, ...(target.flawed ?? [])]
  const pick = () => corpus[randomInteger(random, corpus.length)]
  const before = process.cpuUsage()
  let whole = 0
  let slowestMs = 0
  let longest = 0
  for (let done = 0; done < inputs; done++) {
    const bytes = mutate(pick(), pick(), random)
    onInput?.(bytes, done)
    const { good, ms } = await runInput(target, bytes)
    if (good) whole++
    slowestMs = Math.max(slowestMs, ms)
    longest = Math.max(longest, bytes.length)
  }
  const { user, system } = process.cpuUsage(before)
  return { target: target.name, inputs, whole, cpuMs: (user + system) / 1000, slowestMs, longest }
}

/** Runs one input, again where it was slow. */
export async function runInput(target: Target, bytes: Uint8Array): Promise<{ good: boolean; ms: number }> {
  let fastest = Number.POSITIVE_INFINITY
  let good = false
  for (let go = 0; go < GOES && fastest > INPUT_MS_MAX; go++) {
    const start = performance.now()
    try {
      const outcome = target.run(bytes)
      good = typeof outcome === 'boolean' ? outcome : await outcome
    } catch (cause) {
      throw new FuzzFailure(
        target,
        bytes,
        cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause),
        cause,
      )
    }
    fastest = Math.min(fastest, performance.now() - start)
  }
  if (fastest > INPUT_MS_MAX) {
    throw new FuzzFailure(target, bytes, `${Math.round(fastest)} ms for ${bytes.length} octets, ${GOES} times over`)
  }
  return { good, ms: fastest }
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Octets alive after a collection: the heap, and what typed arrays hold beside it. */
export async function liveOctets(): Promise<{ heap: number; arrays: number }> {
  for (let round = 0; round < 3; round++) {
    collect()
    // What streams and finalizers hold is let go of in the next turn.
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return { heap: heapUsed, arrays: arrayBuffers }
}
