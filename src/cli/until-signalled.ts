/** Resolves when the process is asked to end (SIGTERM, SIGINT); asked twice it ends at once, as by default. */
export function untilSignalled(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve())
    process.once('SIGINT', () => resolve())
  })
}
