import { scanDecimal } from './scan-number.ts'

/** Milliseconds past which ECMAScript has no dates (ECMA-262 21.4.1.1). */
const TIME_MS_MAX = 8.64e15

/** Seconds, milliseconds or microseconds since 1970 by size alone: 1e11 seconds are in the year 5138. */
const SECONDS_MAX = 1e11
const MILLISECONDS_MAX = 1e14

const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?: ?(Z|UTC|[+-]\d\d(?::?\d\d)?))?$/i

/**
 * A time as logs write it, in milliseconds since 1970: seconds with fraction (Zeek), or ISO 8601 with `T` or a blank,
 * UTC where no zone is given. NaN for anything else: words and local forms mean something else on every machine.
 */
export function scanTimeMs(bytes: Uint8Array, start: number, end: number): number {
  const timeMs = scanDecimal(bytes, start, end, 3)
  if (timeMs >= 0) return timeMs <= TIME_MS_MAX ? timeMs : Number.NaN
  return scanIso(bytes, start, end)
}

/** As {@link scanTimeMs}, for tables, whose figures may also be milliseconds or microseconds. */
export function scanAnyTimeMs(bytes: Uint8Array, start: number, end: number, unit: 'any' | 'ms'): number {
  const value = scanDecimal(bytes, start, end, 0)
  if (!(value >= 0)) return scanIso(bytes, start, end)
  if (unit === 'ms') return value <= TIME_MS_MAX ? value : Number.NaN
  if (value < SECONDS_MAX) return scanDecimal(bytes, start, end, 3)
  if (value < MILLISECONDS_MAX) return value
  return value / 1000 <= TIME_MS_MAX ? value / 1000 : Number.NaN
}

function scanIso(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 16 || end - start > 40) return Number.NaN
  const match = ISO.exec(String.fromCharCode(...bytes.subarray(start, end)))
  if (!match) return Number.NaN
  const [, year, month, day, hour, minute, second = '0', fraction = '0', zone = 'Z'] = match
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second))
  // Date.UTC rolls the 31st of February over into March; such a time is a mistake, not a date.
  if (new Date(date).getUTCMonth() + 1 !== Number(month) || Number(hour) > 24) return Number.NaN
  return date + Number(`0.${fraction}`) * 1000 - zoneMs(zone)
}

function zoneMs(zone: string): number {
  if (zone[0] !== '+' && zone[0] !== '-') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', '') || 0)
  return (zone[0] === '-' ? -1 : 1) * minutes * 60_000
}
