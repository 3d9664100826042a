import type { Layout } from '../sinks/incident-format.ts'

/** Text is laid out for this many columns where nobody says how wide the terminal is. */
const COLUMNS = 80
/** Wider lines are harder to read, narrower ones have no room for a row of figures. */
const COLUMNS_MAX = 100
const COLUMNS_MIN = 48

/** Layout for standard output: colour on a terminal only, and not where NO_COLOR is set (no-color.org). */
export function outputLayout(stdout: NodeJS.WriteStream = process.stdout, env = process.env): Layout {
  const { isTTY } = stdout
  const columns = isTTY ? Math.min(COLUMNS_MAX, Math.max(COLUMNS_MIN, stdout.columns || COLUMNS)) : COLUMNS
  return { columns, colour: isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb' }
}
