import { formatAddress } from '../../batch/address.ts'
import { type DnsBatch, MARK, RCODE_NONE, VANTAGE } from '../../batch/dns-batch.ts'
import { formatName } from '../../dns/name.ts'
import { formatRcode, formatType } from '../../dns/types.ts'

/** Columns under `more` with the value they have where nothing is known: that one is not written. */
const MORE = [
  ...([['roundTripMs', Number.NaN] as const, ['ttlMinSeconds', -1] as const, ['qclass', 1] as const] as const),
  ...(['resolverPort', 'flags', 'answerCount', 'ednsSizeBytes', 'ednsUnknownOctets', 'paddingOctets'] as const).map(
    (key) => [key, 0] as const,
  ),
  ...([['vantage', VANTAGE.unknown] as const, ['transport', 0] as const] as const),
  ...(['answerAddressOctets', 'answerTextOctets', 'answerTargetOctets', 'answerRawOctets'] as const).map(
    (key) => [key, 0] as const,
  ),
  ...(['answerHashLo', 'answerHashHi'] as const).map((key) => [key, 0] as const),
] as const

/**
 * A row as a message of our own JSON shape (DESIGN.md 8), in printable ASCII. What the shape has no word for stands under
 * `more` by the names of the columns, so that a capture that is replayed gives the rows that it gave when it was read.
 */
export function exchangeMessage(batch: DnsBatch, row: number): string {
  const marks = batch.marks[row]
  const more: Record<string, unknown> = {}
  for (const [key, unknown] of MORE) {
    const value = batch[key][row]
    if (!Object.is(value, unknown)) more[key] = value
  }
  more.marks = marks
  const first = batch.targetFirst[row]
  if (batch.targetCount[row] > 0) {
    more.targets = Array.from({ length: batch.targetCount[row] }, (_, i) =>
      formatName(batch.arena, batch.targetStart[first + i], batch.targetLength[first + i]),
    )
  }
  const hasResolver = batch.resolverWords.subarray(row * 4, row * 4 + 4).some((word) => word !== 0)
  return JSON.stringify({
    ...(Number.isNaN(batch.timeMs[row]) ? {} : { timeMs: batch.timeMs[row] }),
    ...((marks & MARK.hasClient) === 0 ? {} : { client: formatAddress(batch.client, row * 16) }),
    ...(hasResolver ? { resolver: formatAddress(batch.resolver, row * 16) } : {}),
    qname: formatName(batch.arena, batch.nameStart[row], batch.nameLength[row]),
    qtype: formatType(batch.qtype[row]),
    ...(batch.rcode[row] === RCODE_NONE ? {} : { rcode: formatRcode(batch.rcode[row]) }),
    ...(batch.querySizeBytes[row] === 0 ? {} : { querySizeBytes: batch.querySizeBytes[row] }),
    ...(batch.responseSizeBytes[row] === 0 ? {} : { responseSizeBytes: batch.responseSizeBytes[row] }),
    more,
  })
}
