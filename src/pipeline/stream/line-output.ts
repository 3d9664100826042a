import type { Outgoing } from '../../broker/broker.ts'
import type { Outbox } from './outbox.ts'
import type { StreamOutput } from './stream-output.ts'

/** Where lines go; a line is safe when the promise resolves. */
export interface LineTarget {
  write(text: string): Promise<void>
  close(): Promise<void>
}

/** Results and dead letters as lines, one object each; what partitions hand to the client stage stays in the process. */
export class LineOutput implements StreamOutput {
  private readonly target: LineTarget
  private readonly handOn: (facts: readonly Outgoing[]) => Promise<void>

  constructor(target: LineTarget, handOn: (facts: readonly Outgoing[]) => Promise<void>) {
    this.target = target
    this.handOn = handOn
  }

  async write({ results, deadLetters, facts }: Outbox): Promise<void> {
    const lines = [...deadLetters, ...results]
    if (lines.length > 0) await this.target.write(lines.map(({ value }) => `${String(value)}\n`).join(''))
    if (facts.length > 0) await this.handOn(facts)
  }

  async close(): Promise<void> {
    await this.target.close()
  }
}
