/** Most of the steps of a counter go up by this much at most: one a name, with a few names lost. */
const STEP_MAX = 4
const RUNNING_SHARE = 0.8
const DIGITS_MAX = 8

/**
 * The values of labels that count up name by name, in decimal or hexadecimal, alone or between letters that stay
 * (`seq12`); null where they do not, or where fewer than three could say so.
 *
 * @example
 * counterValues(['p08', 'p09', 'p10']) // [8, 9, 10]
 */
export function counterValues(labels: readonly string[]): number[] | null {
  if (labels.length < 3) return null
  return running(plainDecimals(labels)) ?? running(numbers(labels, /^[0-9a-f]{1,8}$/i, 16)) ?? running(affixed(labels))
}

function plainDecimals(labels: readonly string[]): number[] | null {
  return numbers(labels, /^\d{1,8}$/, 10)
}

function numbers(labels: readonly string[], form: RegExp, base: number): number[] | null {
  return labels.every((label) => form.test(label)) ? labels.map((label) => Number.parseInt(label, base)) : null
}

/** Digits between letters that are the same in every label. */
function affixed(labels: readonly string[]): number[] | null {
  const parts = labels.map((label) => (label.length <= DIGITS_MAX * 2 ? /^(\D*)(\d{1,8})(\D*)$/.exec(label) : null))
  const first = parts[0]
  if (!first || !parts.every((part) => part?.[1] === first[1] && part[3] === first[3])) return null
  return parts.map((part) => Number(part?.[2]))
}

function running(values: number[] | null): number[] | null {
  if (!values) return null
  let steps = 0
  for (let i = 1; i < values.length; i++) {
    const step = values[i] - values[i - 1]
    if (step > 0 && step <= STEP_MAX) steps++
  }
  return steps >= (values.length - 1) * RUNNING_SHARE ? values : null
}
