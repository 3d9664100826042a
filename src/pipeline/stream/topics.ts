import type { Broker } from '../../broker/broker.ts'

/** Topics of one stream. The first two are the original system's by default; the others follow from the first. */
export interface StreamTopics {
  readonly exchanges: string
  readonly results: string
  readonly deadLetters: string
  /** Minutes handed to the client stage: one partition. */
  readonly facts: string
}

export function streamTopics(exchanges: string, results: string): StreamTopics {
  return { exchanges, results, deadLetters: `${exchanges}-dead-letters`, facts: `${exchanges}-client-facts` }
}

/** Makes the topics that are ours to make; that of the exchanges is whoever's who writes there. */
export async function createOwnTopics(
  own: Broker,
  results: Broker,
  topics: StreamTopics,
  parts: number,
): Promise<void> {
  await results.create(topics.results, parts)
  await own.create(topics.deadLetters, 1)
  await own.create(topics.facts, 1)
}
