import { scanTimeMs } from '../logs/scan-time.ts'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
/** A log without zones may be written ahead of UTC, and one line of it just before its last change. */
const AHEAD_MAX_MS = 86_400_000
/** Between two 29ths of February at most. */
const YEARS_BACK = 8

const ISO = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?(?= |$)/
const SYSLOG = /^([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d)(?= |$)/
const NAMED = /^(\d\d)-([A-Z][a-z]{2})-(\d{4}) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,3}))?(?= |$)/
const EPOCH = /^\[(\d{1,10})(?:\.(\d{1,9}))?\](?= |$)/

/** The time at the start of the line read last, and where what follows it begins. */
export const lineTime = { timeMs: Number.NaN, end: 0 }

/**
 * Reads the time a name server or syslog writes in front of a line into {@link lineTime}; false where none stands there.
 *
 * ```
 * 2026-11-22T11:06:24.678Z      ISO 8601, `T` or a blank, with or without a zone (BIND print-time iso8601, syslog RFC 5424)
 * Nov 22 11:06:22               RFC 3164 4.1.2: no year
 * 22-Nov-2026 11:06:24.678      BIND print-time local
 * [1795345649.86384514]         seconds, and nanoseconds that dnsdist writes without leading zeros
 * ```
 * UTC where no zone is given. Without a year it is the last one that does not put the line a day or more past `writtenMs`,
 * when the file was last written: a log older than a year that was copied without its time is put too late.
 */
export function readLineTime(text: string, writtenMs: number): boolean {
  const head = text.slice(0, 48)
  const { timeMs, length } = iso(head) ?? syslog(head, writtenMs) ?? named(head) ?? epoch(head) ?? NOTHING
  lineTime.timeMs = timeMs
  lineTime.end = length
  return timeMs >= 0
}

interface Read {
  readonly timeMs: number
  readonly length: number
}

const NOTHING: Read = { timeMs: Number.NaN, length: 0 }

function iso(head: string): Read | undefined {
  const text = ISO.exec(head)?.[0]
  if (text === undefined) return undefined
  const octets = Buffer.from(text, 'latin1')
  return { timeMs: scanTimeMs(octets, 0, octets.length), length: text.length + 1 }
}

function syslog(head: string, writtenMs: number): Read | undefined {
  const match = SYSLOG.exec(head)
  if (!match) return undefined
  const latestMs = writtenMs + AHEAD_MAX_MS
  if (!(latestMs >= 0 && latestMs < 8.64e15)) return NOTHING
  const newest = new Date(latestMs).getUTCFullYear()
  for (let year = newest; year > newest - YEARS_BACK; year--) {
    const timeMs = date(year, match[1], match[2], match.slice(3))
    if (timeMs <= latestMs) return { timeMs, length: match[0].length + 1 }
  }
  return NOTHING
}

function named(head: string): Read | undefined {
  const match = NAMED.exec(head)
  if (!match) return undefined
  const timeMs = date(Number(match[3]), match[2], match[1], match.slice(4, 7))
  return { timeMs: timeMs + Number(`0.${match[7] ?? 0}`) * 1000, length: match[0].length + 1 }
}

function epoch(head: string): Read | undefined {
  const match = EPOCH.exec(head)
  if (!match) return undefined
  return { timeMs: Number(match[1]) * 1000 + Number(match[2] ?? 0) / 1e6, length: match[0].length + 1 }
}

/** NaN for the 31st of February, and for months that are none. */
function date(year: number, monthName: string, day: string, clock: readonly string[]): number {
  const month = MONTHS.indexOf(monthName.toLowerCase())
  const [hour, minute, second] = clock.map(Number)
  const timeMs = Date.UTC(year, month, Number(day), hour, minute, second)
  const isDate = month >= 0 && new Date(Date.UTC(year, month, Number(day))).getUTCMonth() === month
  return isDate && hour < 24 && minute < 60 && second <= 60 ? timeMs : Number.NaN
}
