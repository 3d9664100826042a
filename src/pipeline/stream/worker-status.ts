import type { Outbox } from './outbox.ts'
import type { WorkerWatcher } from './worker-watcher.ts'

/** Where a worker stands in one partition. */
export interface PartitionStatus {
  readonly topic: string
  readonly partition: number
  readonly position: number
  /** Messages that are written and not taken. */
  readonly lag: number
}

/** A worker's counts and state, as the health output shows them. */
export interface WorkerHealth {
  readonly state: 'running' | 'degraded' | 'ended'
  /** What is wrong now; empty while all is well. */
  readonly troubles: readonly string[]
  readonly partitions: readonly PartitionStatus[]
  readonly messages: number
  readonly results: number
  readonly deadLetters: number
  readonly handOvers: number
}

/** Keeps count of what a worker does, and says what a person has to know. */
export class WorkerStatus implements WorkerWatcher {
  private readonly partitions = new Map<string, PartitionStatus>()
  private readonly say: (sentence: string) => void
  private troubles: string[] = []
  private readonly faults = new Map<string, string>()
  private state: WorkerHealth['state'] = 'running'
  private messages = 0
  private results = 0
  private deadLetters = 0
  private handOvers = 0

  constructor(say: (sentence: string) => void) {
    this.say = say
  }

  get health(): WorkerHealth {
    const { messages, results, deadLetters, handOvers } = this
    const troubles = [...this.faults.values(), ...this.troubles]
    const state = this.state === 'running' && troubles.length > 0 ? 'degraded' : this.state
    const partitions = [...this.partitions.values()].sort((a, b) => a.partition - b.partition)
    return { state, troubles, partitions, messages, results, deadLetters, handOvers }
  }

  onAssigned(topic: string, partition: number, position: number | undefined): void {
    this.partitions.set(`${topic}/${partition}`, { topic, partition, position: position ?? 0, lag: 0 })
    const where = position === undefined ? 'from its beginning, as there is no checkpoint' : `from ${position} on`
    this.say(`reading ${topic}/${partition} ${where}.`)
  }

  onRevoked(topic: string, partition: number): void {
    this.partitions.delete(`${topic}/${partition}`)
  }

  onTaken(topic: string, partition: number, messages: number, position: number, next: number, said: Outbox): void {
    this.partitions.set(`${topic}/${partition}`, { topic, partition, position, lag: Math.max(0, next - position) })
    this.messages += messages
    this.results += said.results.length
    this.deadLetters += said.deadLetters.length
    this.handOvers += said.facts.length
  }

  onDoubt(sentence: string): void {
    this.say(sentence)
  }

  /** As a `BrokerWatcher`: what is wrong with a peer makes the worker degraded until it is over. */
  onTrouble(sentence: string): void {
    this.troubles = [...this.troubles, sentence]
    this.say(sentence)
  }

  /** Something of ours is wrong until it is said to be right; each thing has a name. */
  onFault(name: string, sentence: string | undefined): void {
    if (sentence === undefined) this.faults.delete(name)
    else if (this.faults.get(name) !== sentence) {
      this.faults.set(name, sentence)
      this.say(sentence)
    }
  }

  onRecovered(): void {
    this.troubles = []
    this.say('reading and writing go on.')
  }

  end(): void {
    this.state = 'ended'
  }
}
