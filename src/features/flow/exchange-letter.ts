import { type DnsBatch, MARK } from '../../batch/dns-batch.ts'

/** Edges between short, middling and long, in octets: of a name, and of what was answered. */
const NAME_EDGES = [20, 60] as const
const ANSWER_EDGES = [0, 32, 128] as const
/** Edges between gaps, in milliseconds, as in Stratosphere's letters: 5 s, 1 min, 1 h. */
const GAP_EDGES = [5_000, 60_000, 3_600_000] as const

/** A, AAAA and HTTPS: what a client asks for to reach a host. */
const ADDRESS_TYPES: readonly number[] = [1, 28, 65]

/** How many letters there are. */
export const LETTERS = 3 * 4 * 2 * 2 * 4

/**
 * The letter of an exchange in the string of its client and domain: how long its name was (3), how much was answered (4), whether the
 * answer was an error (2), whether an address was asked for (2), and how long after the one before it came (4). `gapMs` is NaN for the
 * first. As Stratosphere's letters describe flows by size, duration and rhythm, of what DNS says.
 *
 * Source: Garcia, Modelling the Network Behaviour of Malware to Block Malicious Patterns, Virus Bulletin 2015.
 *
 * @example
 * exchangeLetter(batch, 0, Number.NaN) // a number from 0 to LETTERS - 1
 */
export function exchangeLetter(batch: DnsBatch, row: number, gapMs: number): number {
  const answered =
    batch.answerAddressOctets[row] +
    batch.answerTextOctets[row] +
    batch.answerTargetOctets[row] +
    batch.answerRawOctets[row]
  let letter = place(batch.nameLength[row], NAME_EDGES)
  letter = letter * 4 + place(answered, ANSWER_EDGES)
  letter = letter * 2 + ((batch.marks[row] & MARK.response) !== 0 && batch.rcode[row] !== 0 ? 1 : 0)
  letter = letter * 2 + (ADDRESS_TYPES.includes(batch.qtype[row]) ? 1 : 0)
  return letter * 4 + place(Number.isNaN(gapMs) ? 0 : gapMs, GAP_EDGES)
}

/** How many edges a value is past. */
function place(value: number, edges: readonly number[]): number {
  let past = 0
  while (past < edges.length && value > edges[past]) past++
  return past
}
