/** A share as a reader wants it, in per cent: never `100 %` of what is not all, nor `0 %` of what is not none. */
export function shareWords(share: number): string {
  if (Number.isNaN(share)) return 'none'
  const hundredth = 100 * share
  if (share < 1 && hundredth >= 99.95) return '>99.9 %'
  if (share > 0 && hundredth < 0.0001) return '<0.0001 %'
  return `${hundredth > 0 && hundredth < 0.1 ? Number(hundredth.toPrecision(2)) : Number(hundredth.toFixed(1))} %`
}

/** `1,234 of 5,000`: a share never stands without what it is a share of. */
export function ofWords(part: number, all: number): string {
  return `${part.toLocaleString('en-US')} of ${all.toLocaleString('en-US')}`
}
