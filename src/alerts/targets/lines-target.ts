import { open } from 'node:fs/promises'
import type { AlertFormat } from '../../sinks/alerts/alert-format.ts'
import { type AlertTarget, DeliveryError } from '../target.ts'

/** Appends one alert a line to a file, which is opened each time: it may be rotated away between two. */
export function fileTarget(name: string, path: string, format: AlertFormat): AlertTarget {
  return {
    name,
    deliver: async (alert) => {
      try {
        const file = await open(path, 'a', 0o640)
        try {
          await file.appendFile(format.write(alert))
          await file.sync()
        } finally {
          await file.close()
        }
      } catch (error) {
        throw new DeliveryError(`${path} cannot be written (${(error as Error).message}).`)
      }
    },
  }
}

/** Writes one alert a line to a stream such as standard output. */
export function streamTarget(name: string, write: (text: string) => Promise<void>, format: AlertFormat): AlertTarget {
  return { name, deliver: (alert) => write(format.write(alert)) }
}
