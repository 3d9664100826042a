import { type DnsBatch, MARK } from '../../batch/dns-batch.ts'
import { type DnsMessage, FLAG_TC, NAME_ROOM } from '../../dns/message.ts'
import { clamped } from './query-records.ts'

/** Adds the response half to the row opened last. EDNS size stays the query's, where there was one. */
export function writeResponse(batch: DnsBatch, row: number, message: DnsMessage, sizeBytes: number): void {
  batch.responseSizeBytes[row] = sizeBytes
  batch.rcode[row] = message.rcode
  batch.answerCount[row] = message.answerCount
  batch.answerAddressOctets[row] = message.answerOctets[0]
  batch.answerTextOctets[row] = message.answerOctets[1]
  batch.answerTargetOctets[row] = message.answerOctets[2]
  batch.answerRawOctets[row] = message.answerOctets[3]
  batch.answerHashLo[row] = message.answerHashLo
  batch.answerHashHi[row] = message.answerHashHi
  batch.ttlMinSeconds[row] = message.ttlMinSeconds
  if ((batch.marks[row] & MARK.query) === 0) batch.ednsSizeBytes[row] = message.ednsSizeBytes
  batch.ednsUnknownOctets[row] = clamped(batch.ednsUnknownOctets[row] + message.ednsUnknownOctets)
  batch.paddingOctets[row] = clamped(batch.paddingOctets[row] + message.paddingOctets)
  batch.marks[row] |=
    MARK.response |
    ((message.flags & FLAG_TC) === 0 ? 0 : MARK.truncated) |
    (message.malformed === 0 ? 0 : MARK.malformed)
  for (let t = 0; t < message.targetCount; t++) {
    batch.addTargetWords(row, message.targetWords, (t * NAME_ROOM) / 4, message.targetLengths[t])
  }
}
