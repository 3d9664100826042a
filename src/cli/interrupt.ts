import { EXIT, ExitError } from './exit.ts'

/**
 * Runs work that a signal ends: the work is told by its AbortSignal, and not waited for, since it may hang on a pipe
 * that never says another word. Nothing of it is printed then.
 */
export function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  return new Promise<T>((resolve, reject) => {
    const stop = (name: NodeJS.Signals) => {
      controller.abort()
      reject(new ExitError(EXIT.interrupted[name as keyof typeof EXIT.interrupted]))
    }
    const names = Object.keys(EXIT.interrupted) as NodeJS.Signals[]
    for (const name of names) process.once(name, stop)
    work(controller.signal)
      .then(resolve, reject)
      .finally(() => {
        for (const name of names) process.off(name, stop)
      })
  })
}
