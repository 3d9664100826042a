/** A message as it lies in a partition of a topic. */
export interface Message {
  readonly offset: number
  /** When the broker or the producer says it was written, milliseconds since 1970; no part of any result. */
  readonly writtenMs: number
  readonly key: Uint8Array | null
  readonly value: Uint8Array | null
}

/** A message to be written. The partition is ours to choose: {@link partitionOfKey} gives the one every Kafka client would. */
export interface Outgoing {
  readonly partition: number
  readonly key: Uint8Array | string | null
  readonly value: Uint8Array | string | null
}

/** Offsets of one partition: of its oldest message, and of the one that will be written next. */
export interface PartitionSpan {
  readonly first: number
  readonly next: number
}

/** Where a reader begins: at an offset, at the oldest message there is, or where the group has committed (else at the oldest). */
export type Start = number | 'first' | 'committed'

/** Messages of one partition. */
export interface PartMessages {
  readonly partition: number
  readonly messages: readonly Message[]
}

/** What a member of a group does with the partitions it is given. Nothing here may throw but for a bug. */
export interface Reader {
  /** The partition is ours from now on; gives where to begin, which need not be what was committed. */
  assigned(topic: string, partition: number): Promise<Start>
  /**
   * Messages of one partition in order of offset. The next ones of that partition come after the promise resolves: this
   * is the back-pressure. `next` is the offset that will be written next, so that `next - offset - 1` is the lag.
   */
  take(topic: string, partition: number, messages: readonly Message[], next: number): Promise<void>
  /** The partition goes to somebody else once this resolves. */
  revoked(topic: string, partition: number): Promise<void>
}

/** One member of a group of readers. */
export interface Member {
  /** Says that all before `offset` is done with. Lost commits are harmless: they are made again. */
  commit(topic: string, partition: number, offset: number): Promise<void>
  /** Hands every partition back, each through {@link Reader.revoked}, and leaves. */
  leave(): Promise<void>
}

/** Told of troubles as they begin and end: for the log and the health page. A sentence says what is wrong, and with whom. */
export interface BrokerWatcher {
  onTrouble(sentence: string): void
  onRecovered(): void
}

/**
 * Topics as we need them: DESIGN.md 8 behind one small interface, so that the same stream runs on Kafka and in process.
 * Whatever can be tried again is tried again for ever, told to the {@link BrokerWatcher}, until `close` or the signal.
 */
export interface Broker {
  /** Spans by partition; `undefined` where the topic does not exist. */
  spans(topic: string): Promise<readonly PartitionSpan[] | undefined>
  /** Makes the topic unless it exists. */
  create(topic: string, partitions: number): Promise<void>
  /** Writes messages in order a partition; resolves when they are safe on every replica in sync. */
  send(topic: string, messages: readonly Outgoing[]): Promise<void>
  /** Joins a group that shares out the partitions of `topics`. */
  join(group: string, topics: readonly string[], reader: Reader): Promise<Member>
  /** Reads a whole topic once, each partition from its beginning to what was its end when asked, without a group. */
  readAll(topic: string): AsyncIterable<PartMessages>
  close(): Promise<void>
}
