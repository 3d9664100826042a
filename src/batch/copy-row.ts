import type { DnsBatch } from './dns-batch.ts'

/** Appends row `index` of `from` to `to` (which must not be full) and returns its index there. */
export function copyRow(from: DnsBatch, index: number, to: DnsBatch): number {
  // Every column is written here, so the row needs no unknowns to start from.
  const row = to.rows++
  to.timeMs[row] = from.timeMs[index]
  to.input[row] = from.input[index]
  to.position[row] = from.position[index]
  copyAddress(from.clientWords, index, to.clientWords, row)
  copyAddress(from.resolverWords, index, to.resolverWords, row)
  to.resolverPort[row] = from.resolverPort[index]
  to.vantage[row] = from.vantage[index]
  to.transport[row] = from.transport[index]
  to.setName(row, from.arena, from.nameStart[index], from.nameLength[index], from.labelCount[index])
  to.qtype[row] = from.qtype[index]
  to.qclass[row] = from.qclass[index]
  to.rcode[row] = from.rcode[index]
  to.flags[row] = from.flags[index]
  to.querySizeBytes[row] = from.querySizeBytes[index]
  to.responseSizeBytes[row] = from.responseSizeBytes[index]
  to.answerCount[row] = from.answerCount[index]
  to.answerAddressOctets[row] = from.answerAddressOctets[index]
  to.answerTextOctets[row] = from.answerTextOctets[index]
  to.answerTargetOctets[row] = from.answerTargetOctets[index]
  to.answerRawOctets[row] = from.answerRawOctets[index]
  to.answerHashLo[row] = from.answerHashLo[index]
  to.answerHashHi[row] = from.answerHashHi[index]
  to.ttlMinSeconds[row] = from.ttlMinSeconds[index]
  to.roundTripMs[row] = from.roundTripMs[index]
  to.ednsSizeBytes[row] = from.ednsSizeBytes[index]
  to.ednsUnknownOctets[row] = from.ednsUnknownOctets[index]
  to.paddingOctets[row] = from.paddingOctets[index]
  to.marks[row] = from.marks[index]
  to.targetFirst[row] = to.targetTotal
  to.targetCount[row] = 0
  const first = from.targetFirst[index]
  for (let t = 0; t < from.targetCount[index]; t++) {
    to.addTarget(row, from.arena, from.targetStart[first + t], from.targetLength[first + t])
  }
  return row
}

function copyAddress(from: Uint32Array, index: number, to: Uint32Array, row: number): void {
  const source = index * 4
  const target = row * 4
  to[target] = from[source]
  to[target + 1] = from[source + 1]
  to[target + 2] = from[source + 2]
  to[target + 3] = from[source + 3]
}
