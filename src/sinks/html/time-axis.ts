import type { Incident } from '../../detect/incident.ts'
import { linear, type Scale } from './scale.ts'

type Timeline = Incident['evidence']['timeline']

/** The time that an incident's bars span. */
export interface TimeAxis {
  readonly startMs: number
  readonly endMs: number
  /** Width of one bar. */
  readonly barMs: number
  readonly at: Scale
}

/** No date is further from 1970 (ECMA-262 21.4.1.1). */
const CALENDAR_MS = 8.64e15

/** The axis under a timeline; undefined where its bars have no times, or where there is but one of them. */
export function timeAxis(timeline: Timeline): TimeAxis | undefined {
  const times = timeline.map((bar) => (bar.time === null ? Number.NaN : Date.parse(bar.time)))
  const barMs = times[1] - times[0]
  if (!(barMs > 0) || times.some(Number.isNaN)) return undefined
  const startMs = times[0]
  const endMs = times[times.length - 1] + barMs
  if (endMs > CALENDAR_MS) return undefined
  return { startMs, endMs, barMs, at: linear(startMs, endMs) }
}

const UNITS: readonly (readonly [ms: number, unit: string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
]

/** A length of time in its two largest units: `7 min 52 s`. */
export function lengthWords(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  let left = Math.round(ms / 1000) * 1000
  const words: string[] = []
  for (const [unitMs, unit] of UNITS) {
    const count = Math.floor(left / unitMs)
    left -= count * unitMs
    if (count > 0) words.push(`${count} ${unit}`)
    else if (words.length > 0) break
  }
  return words.slice(0, 2).join(' ')
}
