import { type DnsBatch, MARK } from '../../batch/dns-batch.ts'
import { TARGETS_MAX } from '../../dns/message.ts'
import { NAME_OCTETS_MAX } from '../../dns/name.ts'
import type { JsonObject } from '../logs/json-line.ts'
import { scanName } from '../logs/log-name.ts'
import { numberOf, octets, octetsOf } from './object-values.ts'

type Column = { [index: number]: number }

/**
 * Columns of a row by their key under `more`, with the least and greatest value each may have. Column names are the keys, so
 * that what a message says can be looked up where the columns are described.
 */
const COLUMNS: readonly (readonly [keyof DnsBatch & string, number, number])[] = [
  ...([['roundTripMs', 0, 1e12] as const, ['ttlMinSeconds', -1, 0xffffffff] as const] as const),
  ...(['resolverPort', 'qclass', 'flags', 'answerCount'] as const).map((key) => [key, 0, 0xffff] as const),
  ...(['ednsSizeBytes', 'ednsUnknownOctets', 'paddingOctets'] as const).map((key) => [key, 0, 0xffff] as const),
  ...(['vantage', 'transport'] as const).map((key) => [key, 0, 3] as const),
  ...(['answerAddressOctets', 'answerTextOctets', 'answerTargetOctets'] as const).map(
    (key) => [key, 0, 0xffffffff] as const,
  ),
  ...(['answerRawOctets', 'answerHashLo', 'answerHashHi', 'marks'] as const).map(
    (key) => [key, 0, 0xffffffff] as const,
  ),
]

const name = new Uint8Array(NAME_OCTETS_MAX)
/** Marks a message may set: what the pipeline itself finds out is not its to say. */
const MARKS = Object.values(MARK).reduce((all, mark) => all | mark, 0) & ~(MARK.late | MARK.secondVantage)

/** Sets what `more` says of the row; what is out of range is left as it was. */
export function readMore(more: JsonObject, batch: DnsBatch, row: number): void {
  for (const [key, least, greatest] of COLUMNS) {
    if (!Object.hasOwn(more, key)) continue
    const value = numberOf(more[key])
    if (value >= least && value <= greatest) (batch[key] as Column)[row] = value
  }
  batch.marks[row] &= MARKS
  const targets = Object.hasOwn(more, 'targets') ? more.targets : undefined
  if (!Array.isArray(targets)) return
  for (let i = 0; i < targets.length && i < TARGETS_MAX; i++) {
    const target: unknown = targets[i]
    const end = typeof target === 'string' ? octetsOf(target) : -1
    const length = end < 0 ? -1 : scanName(octets, 0, end, name)
    if (length > 0) batch.addTarget(row, name, 0, length)
  }
}
