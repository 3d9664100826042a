import type { Outbox } from './outbox.ts'

/** Where a stream's results go. What is written is safe when the promise resolves. */
export interface StreamOutput {
  write(outbox: Outbox): Promise<void>
  close(): Promise<void>
}
