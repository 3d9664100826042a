import { createTransform } from './transform.ts'

const NAMES = 99
const DAY_MS = 86_400_000

/** One name short of a hundred a day: the line that rules of thumb draw. An old name asked again follows at once. */
export const names99 = createTransform(
  'names-99-a-day',
  `${NAMES} new names a day, evenly, for as many days as it takes.`,
  (rows, _random, firstMs) => {
    const heard = new Set<string>()
    const slotMs = DAY_MS / NAMES
    let newestMs = firstMs
    return rows.map((row) => {
      if (!heard.has(row.key)) newestMs = row.timeMs
      heard.add(row.key)
      const since = Math.min(row.timeMs - newestMs, slotMs / 2)
      return { ...row, timeMs: firstMs + (heard.size - 1) * slotMs + since }
    })
  },
)
