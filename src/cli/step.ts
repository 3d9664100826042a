/** Back to the start of the line, and wipe it. */
const WIPE = '\r\u001b[K'

/** A line of progress on a terminal: step `done` (from 0) of `of`. */
export function showStep(done: number, of: number, what: string): void {
  if (process.stderr.isTTY) process.stderr.write(`${WIPE}${done + 1}/${of} ${what}`)
}

/** Takes the line of progress away. */
export function wipeStep(): void {
  if (process.stderr.isTTY) process.stderr.write(WIPE)
}
