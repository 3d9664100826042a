/** Where a value lies on an axis: a share of its length, from 0 to 1. What lies outside stands at the end. */
export type Scale = (value: number) => number

export function linear(low: number, high: number): Scale {
  return (value) => clamp((value - low) / (high - low))
}

/** For what spans decades. Zero and less stand at the lower end. */
export function logarithmic(low: number, high: number): Scale {
  const span = Math.log(high / low)
  return (value) => (value > low ? clamp(Math.log(value / low) / span) : 0)
}

/** Powers of ten within the bounds, those included. */
export function decades(low: number, high: number): number[] {
  const found: number[] = []
  // By exponent: ten times a tenth is not always one.
  for (let exponent = Math.ceil(Math.log10(low) - 1e-9); 10 ** exponent <= high * (1 + 1e-9); exponent++) {
    found.push(10 ** exponent)
  }
  return found
}

/** A share as an attribute's percentage. Charts are drawn in shares of their width, so that text keeps its size. */
export function percent(share: number): string {
  return `${Math.round(share * 10_000) / 100}%`
}

function clamp(share: number): number {
  return Number.isNaN(share) ? 0 : Math.min(1, Math.max(0, share))
}
