/** Keeps a figure and its sign on one line. */
const PER_CENT = '\u00a0%'

/** A share as a reader wants it, in per cent: never `100 %` of what is not all, nor `0 %` of what is not none. */
export function shareWords(share: number): string {
  if (Number.isNaN(share)) return '-'
  if (share === 0 || share === 1) return `${100 * share}${PER_CENT}`
  const hundredths = 100 * share
  if (hundredths >= 99.95) return `>99.9${PER_CENT}`
  if (hundredths < 0.0001) return `<0.0001${PER_CENT}`
  return `${hundredths < 1 ? Number(hundredths.toPrecision(2)) : hundredths.toFixed(1)}${PER_CENT}`
}

/** `1,234 of 5,000`: a share never stands without what it is a share of. */
export function ofWords(part: number, all: number): string {
  return `${part.toLocaleString('en-US')} of ${all.toLocaleString('en-US')}`
}
