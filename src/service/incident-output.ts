import type { Outgoing } from '../broker/broker.ts'
import type { Incident } from '../detect/incident.ts'
import type { Outbox } from '../pipeline/stream/outbox.ts'
import type { StreamOutput } from '../pipeline/stream/stream-output.ts'

/** How an incident's message begins: what else is among the results is no incident. */
const INCIDENT = '{"kind":"incident"'

/** What takes the results of a stream inside this process. */
export interface IncidentTaker {
  onIncident(incident: Incident, revision: number): void
  onDeadLetters(count: number): void
}

/** Results of a stream as incidents for this process; what partitions hand to the client stage goes on as ever. */
export class IncidentOutput implements StreamOutput {
  private readonly taker: IncidentTaker
  private readonly handOn: (facts: readonly Outgoing[]) => Promise<void>

  constructor(taker: IncidentTaker, handOn: (facts: readonly Outgoing[]) => Promise<void>) {
    this.taker = taker
    this.handOn = handOn
  }

  async write({ results, deadLetters, facts }: Outbox): Promise<void> {
    for (const { value } of results) {
      if (typeof value !== 'string' || !value.startsWith(INCIDENT)) continue
      const { revision, ...incident } = JSON.parse(value) as Incident & { revision: number }
      this.taker.onIncident(incident, revision)
    }
    if (deadLetters.length > 0) this.taker.onDeadLetters(deadLetters.length)
    if (facts.length > 0) await this.handOn(facts)
  }

  async close(): Promise<void> {}
}
