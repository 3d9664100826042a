import type { AnswerRecord } from '../wire/message.ts'

/** One question to be asked, and its answer: what the packets, the log and the truth are made of. */
export interface TrafficExchange {
  readonly timeMs: number
  /** Rank of the client. */
  readonly client: number
  readonly qname: string
  readonly qtype: number
  readonly rcode: number
  /** Empty where there are no records; `undefined` where nobody answers. */
  readonly answers: readonly AnswerRecord[] | undefined
  /** The transfer it is part of; none where it is benign. */
  readonly transfer?: TransferPart
  /** Where it is not a question to the resolver on port 53: multicast DNS (RFC 6762). */
  readonly multicast?: boolean
}

/** What an exchange is to its transfer. */
export interface TransferPart {
  readonly id: string
  readonly style: string
  /** Payload octets that leave or come by it; 0 for greetings, polls and decoys. */
  readonly payloadOctets: number
  readonly decoy: boolean
}
