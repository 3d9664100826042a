import type { Alert } from '../sinks/alerts/alert.ts'

/** Where alerts go, one at a time and in order. */
export interface AlertTarget {
  /** The name it has in the configuration. */
  readonly name: string
  /** Resolves when the other side has taken it. Throws {@link DeliveryError} where it has not, for whatever reason. */
  deliver(alert: Alert, signal: AbortSignal): Promise<void>
  close?(): Promise<void>
}

/** An alert that was not taken. The message is a sentence for the operator, without anything secret. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError'
  /** Set where it makes no sense to send the same again: the other side has read it and does not want it. */
  readonly isFinal: boolean
  /** What the other side asks to be left alone for; nothing where it does not say. */
  readonly waitMs: number | undefined

  constructor(message: string, { isFinal = false, waitMs }: { isFinal?: boolean; waitMs?: number } = {}) {
    super(message)
    this.isFinal = isFinal
    this.waitMs = waitMs
  }
}
