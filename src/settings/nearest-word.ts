/** Changes past which a word is another word, and no slip. */
const CHANGES_MAX = 3

/**
 * The word of `words` that takes the fewest changes to write (Levenshtein); nothing where even that takes many.
 *
 * @example
 * nearestWord('retentiondays', ['retentionDays', 'journal']) // 'retentionDays'
 */
export function nearestWord(word: string, words: readonly string[]): string | undefined {
  let best: string | undefined
  let fewest = CHANGES_MAX + 1
  for (const candidate of words) {
    const changes = changesBetween(word.toLowerCase().slice(0, 64), candidate.toLowerCase())
    if (changes < fewest) [best, fewest] = [candidate, changes]
  }
  return best
}

function changesBetween(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1))
    }
    above = row
  }
  return above[b.length]
}
