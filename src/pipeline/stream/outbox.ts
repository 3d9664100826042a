import type { Outgoing } from '../../broker/broker.ts'

/** Everything one call has to say, by the topic it goes to. Written out whole before the position moves on. */
export class Outbox {
  /** Exchanges that were judged. */
  rows = 0
  /** Predictions and incidents. */
  readonly results: Outgoing[] = []
  readonly deadLetters: Outgoing[] = []
  readonly facts: Outgoing[] = []

  get isEmpty(): boolean {
    return this.results.length + this.deadLetters.length + this.facts.length === 0
  }
}
