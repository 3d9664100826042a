import type { Alert } from './alert.ts'

/**
 * A way to write one alert for another system. Pure: the same alert gives the same text, and nothing in it can leave its line, its
 * string or its mark-up, whatever its names hold (O4, O5 of the hostile inputs).
 */
export interface AlertFormat {
  readonly name: string
  /** Media type of the text. */
  readonly mediaType: string
  write(alert: Alert): string
}
