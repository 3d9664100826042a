import type { Message } from '../../broker/broker.ts'
import type { Outbox } from './outbox.ts'

/** What reads one partition of a topic: a function of its log, that can be stopped at any message and gone on with anywhere. */
export interface Stage {
  /** Offset of the first message not taken. */
  readonly position: number
  /** Takes messages in order of offset; those before {@link position} were taken already. */
  take(messages: readonly Message[]): Outbox
  /** All that {@link resume} needs to go on as if there had been no break. */
  memory(): Record<string, unknown>
  resume(position: number, memory: Record<string, unknown>): void
  /** What is said where the partition was read to its end and stays quiet. */
  idleNotice?(): Outbox
}
