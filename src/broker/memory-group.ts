import type { Member, Reader } from './broker.ts'
import type { MemoryLog } from './memory-log.ts'

/** A partition in the hands of a member. */
class Holding {
  readonly topic: string
  readonly partition: number
  readonly owner: Joined
  position = 0
  isOver = false
  loop: Promise<void> = Promise.resolve()

  constructor(topic: string, partition: number, owner: Joined) {
    this.topic = topic
    this.partition = partition
    this.owner = owner
  }
}

interface Joined {
  readonly topics: readonly string[]
  readonly reader: Reader
}

/** One group: its members share out the partitions in order of joining, and each is read by one member at a time. */
export class Group {
  private readonly topics: ReadonlyMap<string, readonly MemoryLog[]>
  private readonly onPosition: (topic: string, partition: number) => void
  private members: Joined[] = []
  private readonly held = new Map<string, Holding>()
  private readonly committed = new Map<string, number>()
  /** Balancing is one at a time, or a partition would have two owners. */
  private balancing: Promise<void> = Promise.resolve()

  constructor(
    topics: ReadonlyMap<string, readonly MemoryLog[]>,
    onPosition: (topic: string, partition: number) => void,
  ) {
    this.topics = topics
    this.onPosition = onPosition
  }

  async join(topics: readonly string[], reader: Reader): Promise<Member> {
    const joined: Joined = { topics, reader }
    this.members.push(joined)
    await this.balance()
    return {
      commit: async (topic, partition, offset) => {
        this.committed.set(keyOf(topic, partition), offset)
      },
      leave: async () => {
        this.members = this.members.filter((member) => member !== joined)
        await this.balance()
      },
    }
  }

  /** Where the group's reader of a partition stands. */
  position(topic: string, partition: number): number | undefined {
    return this.held.get(keyOf(topic, partition))?.position
  }

  balance(): Promise<void> {
    this.balancing = this.balancing.then(() => this.balanceNow())
    return this.balancing
  }

  async end(): Promise<void> {
    this.members = []
    await this.balance()
  }

  private async balanceNow(): Promise<void> {
    const wanted = new Map<string, { topic: string; partition: number; owner: Joined }>()
    for (const [topic, logs] of this.topics) {
      const readers = this.members.filter(({ topics }) => topics.includes(topic))
      if (readers.length === 0) continue
      for (const partition of logs.keys()) {
        wanted.set(keyOf(topic, partition), { topic, partition, owner: readers[partition % readers.length] })
      }
    }
    for (const [key, holding] of [...this.held]) {
      if (wanted.get(key)?.owner === holding.owner) continue
      holding.isOver = true
      this.topics.get(holding.topic)![holding.partition].wake()
      await holding.loop
      await holding.owner.reader.revoked(holding.topic, holding.partition)
      this.held.delete(key)
    }
    for (const [key, { topic, partition, owner }] of wanted) {
      if (this.held.has(key)) continue
      const holding = new Holding(topic, partition, owner)
      const start = await owner.reader.assigned(topic, partition)
      const log = this.topics.get(topic)![partition]
      const committed = this.committed.get(key) ?? log.first
      holding.position = start === 'first' ? log.first : start === 'committed' ? committed : start
      this.held.set(key, holding)
      holding.loop = this.follow(holding, log)
    }
  }

  private async follow(holding: Holding, log: MemoryLog): Promise<void> {
    const { topic, partition, owner } = holding
    while (!holding.isOver) {
      // What was forgotten cannot be read: the reader goes on with the first there is.
      const from = Math.max(holding.position, log.first)
      const messages = log.slice(from, log.next)
      if (messages.length === 0) {
        await log.change()
        continue
      }
      await owner.reader.take(topic, partition, messages, log.next)
      holding.position = from + messages.length
      this.onPosition(topic, partition)
    }
  }
}

function keyOf(topic: string, partition: number): string {
  return `${topic}/${partition}`
}
