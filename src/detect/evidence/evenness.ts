/** Characters a symbol that are needed before an even use of the alphabet says anything. */
const TIMES_MIN = 8
/** Standard deviations of the chi-square statistic that noise stays within. */
const DEVIATIONS = 4

/**
 * Whether a text uses every symbol of an alphabet, no other character, and all as evenly as random octets do: chi-square
 * within {@link DEVIATIONS} standard deviations of its mean. Names that people make use letters far from evenly, and
 * another alphabet has other symbols.
 */
export function isEven(text: string, symbols: string): boolean {
  const sides = symbols.length
  if (sides === 0 || text.length < sides * TIMES_MIN) return false
  const counts = new Map<string, number>()
  for (const symbol of symbols) counts.set(symbol, 0)
  for (const character of text) {
    const count = counts.get(character)
    if (count === undefined) return false
    counts.set(character, count + 1)
  }
  const expected = text.length / sides
  let statistic = 0
  for (const count of counts.values()) {
    if (count === 0) return false
    statistic += (count - expected) ** 2 / expected
  }
  return statistic <= sides - 1 + DEVIATIONS * Math.sqrt(2 * (sides - 1))
}
