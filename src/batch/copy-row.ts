import type { DnsBatch } from './dns-batch.ts'

/** Appends row `index` of `from` to `to` (which must not be full) and returns its index there. */
export function copyRow(from: DnsBatch, index: number, to: DnsBatch): number {
  // Every column is written here, so the row needs no unknowns to start from.
  const row = to.rows++
  const step = from.stride
  const toStep = to.stride
  const { doubles, words, shorts, octets } = from
  const { doubles: toDoubles, words: toWords, shorts: toShorts, octets: toOctets } = to
  for (let at = index, out = row; at < doubles.length; at += step, out += toStep) toDoubles[out] = doubles[at]
  for (let at = index, out = row; at < words.length; at += step, out += toStep) toWords[out] = words[at]
  for (let at = index, out = row; at < shorts.length; at += step, out += toStep) toShorts[out] = shorts[at]
  for (let at = index, out = row; at < octets.length; at += step, out += toStep) toOctets[out] = octets[at]
  copyAddress(from.clientWords, index, to.clientWords, row)
  copyAddress(from.resolverWords, index, to.resolverWords, row)
  to.setNameWords(row, from.arenaWords, from.nameStart[index] >>> 2, from.nameLength[index], from.labelCount[index])
  to.targetFirst[row] = to.targetTotal
  to.targetCount[row] = 0
  const first = from.targetFirst[index]
  for (let t = first; t < first + from.targetCount[index]; t++) {
    to.addTargetWords(row, from.arenaWords, from.targetStart[t] >>> 2, from.targetLength[t])
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
