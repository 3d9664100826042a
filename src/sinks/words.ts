/** A count with thousands apart, the same on every machine. */
export function countWords(count: number, one: string, many: string = `${one}s`): string {
  return `${figure(Math.round(count))} ${count === 1 ? one : many}`
}

/** A figure as a reader wants it: whole ones in full, others with two or three digits that mean something. */
export function figure(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en-US')
  const digits = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0
  return value.toLocaleString('en-US', { maximumFractionDigits: digits })
}

/** `2026-11-22 13:46:24 UTC` from the contract's ISO 8601. */
export function timeWords(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 19)} UTC`
}

/** A stretch of time; the date is said once where it is one day. */
export function spanWords(first: string, last: string): string {
  if (first.slice(0, 19) === last.slice(0, 19)) return timeWords(first)
  const sameDay = first.slice(0, 10) === last.slice(0, 10)
  return `${first.slice(0, 10)} ${first.slice(11, 19)} to ${sameDay ? `${last.slice(11, 19)} UTC` : timeWords(last)}`
}
