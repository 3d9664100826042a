import type { EvasionEvaluation } from './evasion.ts'
import type { CaptureEvasion } from './evasion-captures.ts'
import { type Spread, spreadOf } from './tunnel-totals.ts'

/** One transform over all captures; figures are of those found. */
export interface TransformTotal {
  readonly transform: string
  readonly description: string
  readonly captures: number
  readonly found: number
  readonly queries: Spread | null
  readonly accountOctets: Spread | null
  readonly prefixOctets: Spread | null
  /** Detectors by how many captures they were first in, most first; several may fire at once. */
  readonly fired: readonly (readonly [string, number])[]
  readonly outside: readonly string[]
}

export function transformTotals({ transforms, captures }: EvasionEvaluation): TransformTotal[] {
  return transforms.map(({ name, description }) => {
    const own = captures.filter(({ transform }) => transform === name)
    const found = own.filter(({ alertMs }) => alertMs !== null)
    return {
      transform: name,
      description,
      captures: own.length,
      found: found.length,
      queries: spreadOf(found.map(({ before }) => before.queries)),
      accountOctets: spreadOf(found.map(({ accountOctets }) => accountOctets)),
      prefixOctets: spreadOf(found.map(({ before }) => before.prefixOctets)),
      fired: firedIn(found),
      outside: [...new Set(own.flatMap(({ outside }) => outside))].sort(),
    }
  })
}

function firedIn(captures: readonly CaptureEvasion[]): [string, number][] {
  const times = new Map<string, number>()
  for (const detector of captures.flatMap(({ detectors }) => detectors)) {
    times.set(detector, (times.get(detector) ?? 0) + 1)
  }
  return [...times].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
}
