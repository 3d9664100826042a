import type { Thresholds } from '../detect/detection-model.ts'
import { count, NOTHING, shortFile, words } from './cells.ts'
import type { EvasionEvaluation } from './evasion.ts'
import { type EncodingEvasion, isAll, isHidden } from './evasion-encodings.ts'
import { LINES, mergeNearest, type Nearest } from './nearest.ts'

/** Payload octets that may leave before the alert where an encoding makes most of its client's questions. */
export const ENCODING_OCTETS_MAX = 640
/** Day by which a leak of 1 KiB a day is to be found. */
export const LEAK_DAY_MAX = 3
/** Where fewer questions than this have a new name, the names are not what carries the payload. */
const NEW_SHARE = 0.5

/** Something missed, found late, or called what it is not. */
export interface Miss {
  readonly what: string
  readonly how: string
  readonly why: string
}

/** Every miss in plain words; what was missed for one reason is told together. */
export function misses(evaluation: EvasionEvaluation): Miss[] {
  return [
    ...captureMisses(evaluation),
    ...encodingMisses(evaluation),
    ...leakMisses(evaluation),
    ...falseAlarms(evaluation),
  ]
}

function captureMisses({ captures }: EvasionEvaluation): Miss[] {
  const missed = captures.filter(({ alertMs }) => alertMs === null)
  return [...groupBy(missed, ({ transform }) => transform)].map(([transform, rows]) => ({
    what: `${transform}: ${words(rows.map(({ file }) => shortFile(file)))}`,
    how: 'no alert',
    why: `Nothing reached its line. Nearest: ${nearestOf(rows.map(({ nearest }) => nearest))}.`,
  }))
}

function nearestOf(all: readonly Nearest[]): string {
  const nearest = mergeNearest(all)
  return words(LINES.flatMap((line) => (nearest[line] ? [`${line} at ${nearest[line].ratio.toFixed(2)} of it`] : [])))
}

/** Whether more left than should, whatever it was. */
export function isLate({ alertMs, before }: EncodingEvasion): boolean {
  return alertMs === null || before.payloadOctets > ENCODING_OCTETS_MAX
}

function encodingMisses({ encodings, thresholds }: EvasionEvaluation): Miss[] {
  const groups = groupBy(encodings.filter(isLate), (row) => placeOf(row) + encodingReason(row, thresholds))
  return [...groups.values()].map((rows) => {
    const said = rows.every(({ alertMs }) => alertMs === null) ? 'no alert in' : 'alert after'
    const octets = rangeOf(rows.map(({ before }) => before.payloadOctets))
    const packed = rangeOf(rows.map(({ packedOctets }) => packedOctets))
    return {
      what: `${placeOf(rows[0])}${words(distinct(rows.map(({ encoder }) => encoder)))} (${words(distinct(rows.map(({ payload }) => payload)))})`,
      how: `${said} ${octets} payload octets${packed === octets ? '' : `, packed ${packed}`}`,
      why: encodingReason(rows[0], thresholds),
    }
  })
}

function placeOf(row: EncodingEvasion): string {
  if (isHidden(row)) return `among ${row.ordinary} ordinary questions each: `
  return isAll(row) ? 'where the client asks nothing else: ' : ''
}

function encodingReason(
  { before, packedOctets, lookups, alertMs, nearest }: EncodingEvasion,
  lines: Thresholds,
): string {
  if (lookups.length > 0) return standing(lookups, lines)
  if (before.names < before.queries * NEW_SHARE) {
    return 'Letter case carries the payload. Names compare without case, and what case may say is charged only where a client is known, by its other questions, not to mix it.'
  }
  if (alertMs === null) return `Nothing reached its line. Nearest: ${nearestOf([nearest])}.`
  if (packedOctets <= ENCODING_OCTETS_MAX) {
    return 'Text holds less than its octets, and lines count information: packed, no more had left than may.'
  }
  return `It had the form of look-ups, and its ${count(lines.lookupOctets)} octets of the account a day.`
}

function leakMisses({ leaks, thresholds }: EvasionEvaluation): Miss[] {
  return leaks
    .filter(({ day }) => day === null || day > LEAK_DAY_MAX)
    .map(({ encoder, ordinaryADay, asks, day, payloadOctets, lookups }) => ({
      what: `1 KiB a day as ${encoder}${asks > 1 ? `, each name ${asks} times,` : ''} among ${count(ordinaryADay)} questions a day`,
      how: day === null ? `no alert in ${count(payloadOctets)} payload octets` : `alert on day ${day}`,
      why: leakReason(lookups, asks, thresholds),
    }))
}

function leakReason(forms: readonly string[], asks: number, thresholds: Thresholds): string {
  if (forms.length === 0) return 'Old octets decay while new ones come: it stays below.'
  const again = asks > 1 ? ' The budget of a week is for names that hardly ever come back.' : ''
  return standing(forms, thresholds) + again
}

function standing(forms: readonly string[], { lookupOctets }: Thresholds): string {
  return `It stands as a look-up service (${words(forms)}): low, within ${count(lookupOctets)} octets of the account a day.`
}

function falseAlarms({ lookups }: EvasionEvaluation): Miss[] {
  const alarms = lookups.filter(({ alerts }) => alerts.length > 0)
  if (alarms.length === 0) return []
  return [
    {
      what: `honest look-ups: ${words(alarms.map(({ shape }) => shape))}`,
      how: 'alert',
      why: 'Past a line, and not in every way what the class of look-up services asks for: form, one type of question, octets a name.',
    },
  ]
}

function rangeOf(values: readonly number[]): string {
  if (values.length === 0) return NOTHING
  const [least, most] = [Math.min(...values), Math.max(...values)]
  return least === most ? count(least) : `${count(least)} to ${count(most)}`
}

function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row])
  return groups
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)]
}
