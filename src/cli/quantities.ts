import { InvalidArgumentError } from 'commander'

const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 }

/** A length of time with its unit, as in `90s` or `1.5h`, in milliseconds. */
export function durationMs(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s|min|h|d)$/.exec(text) ?? []
  if (unit === undefined) throw new InvalidArgumentError('Write a number and its unit, as in 90s, 10min, 1h or 1d.')
  return Number(number) * UNITS_MS[unit]
}

/** A share from 0 to 1, as `1%` or `0.01`. */
export function share(text: string): number {
  const [, number, sign] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? []
  const value = Number(number) / (sign === '%' ? 100 : 1)
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('Write a share, as in 1% or 0.01.')
  return value
}

/** A share that is not nothing, nor everything. */
export function properShare(text: string): number {
  const value = share(text)
  if (value === 0 || value === 1) throw new InvalidArgumentError('Write a share between none and all, as in 1%.')
  return value
}

/** A number above zero, perhaps with a fraction. */
export function positiveNumber(text: string): number {
  if (!/^\d+(?:\.\d+)?$/.test(text) || Number(text) === 0) throw new InvalidArgumentError('It is no number above zero.')
  return Number(text)
}

/** A length of time as `1 h` or `90 s`, in the largest unit that leaves it whole. */
export function durationWords(ms: number): string {
  const [unit, size] = Object.entries(UNITS_MS)
    .toReversed()
    .find(([, size]) => ms > 0 && ms % size === 0) ?? ['ms', 1]
  return ms === 0 ? 'none' : `${ms / size} ${unit}`
}
