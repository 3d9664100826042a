import type { Outbox } from './outbox.ts'

/** Told of what a worker does, for its log, its counts and its health; changes no result. */
export interface WorkerWatcher {
  /** `position` is where the checkpoint stands; `undefined` where there is none and the partition is read from its beginning. */
  onAssigned(topic: string, partition: number, position: number | undefined): void
  onRevoked(topic: string, partition: number): void
  /** Messages were taken and what they say is safe; `next - position` is the lag. */
  onTaken(topic: string, partition: number, messages: number, position: number, next: number, said: Outbox): void
  /** Something is not as it should be, and the worker goes on. */
  onDoubt(sentence: string): void
}
