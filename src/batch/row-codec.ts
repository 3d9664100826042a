import { type DnsBatch, MARK } from './dns-batch.ts'

/** First octet of a row in our compact form, its version with it; no text in UTF-8 begins so. */
export const ROW_MAGIC = 0xd1

/** Octets before the columns, and the columns as they lie in a batch's blocks. */
const HEAD = 8
const DOUBLES = 4
const WORDS = 10
const SHORTS = 9
const OCTETS = 4
const FIXED = HEAD + DOUBLES * 8 + (WORDS + 8) * 4 + SHORTS * 2 + 2 + OCTETS
const NAME_MAX = 255
/** ECMAScript has no dates past it (ECMA-262 21.4.1.1). */
const TIME_MS_MAX = 8.64e15
/** Targets of a row; a batch holds no more of one. */
const TARGETS_MAX = 255

/** Longest row: name and every target at their longest. */
export const ROW_OCTETS_MAX = FIXED + NAME_MAX + TARGETS_MAX * (NAME_MAX + 1)

const scratch = new Uint8Array(ROW_OCTETS_MAX)
const scratchView = new DataView(scratch.buffer)

/**
 * A row in wakeful's compact form: every column as it stands, so that nothing is lost.
 *
 * ```
 * magic d1 (8) | version 1 (8) | targets (8) | has an origin (8) | zero (32)
 * 4 doubles: time, position, smallest TTL, round trip            little endian, as everything here
 * 10 words: input, sizes, answer octets by kind, answer hash, marks | client (128) | resolver (128)
 * 9 shorts: port, type, class, flags, answers, EDNS size, unknown and padding octets, rcode | zero (16)
 * 4 octets: vantage, transport, name length, labels
 * name | each target: length (8), octets
 * ```
 * Returns a copy of exactly its length.
 */
export function writeRow(batch: DnsBatch, row: number): Uint8Array {
  return write(batch, row, false)
}

/**
 * As {@link writeRow}, for a row that is passed on from another topic: its `input` (a partition and one) and `position` (an
 * offset there) are its origin, by which whoever reads it knows one that came twice.
 */
export function writeRowWithOrigin(batch: DnsBatch, row: number): Uint8Array {
  return write(batch, row, true)
}

function write(batch: DnsBatch, row: number, hasOrigin: boolean): Uint8Array {
  const { stride, doubles, words, shorts, octets, clientWords, resolverWords, arena } = batch
  scratch.fill(0, 0, HEAD)
  scratch[0] = ROW_MAGIC
  scratch[1] = 1
  scratch[2] = batch.targetCount[row]
  scratch[3] = hasOrigin ? 1 : 0
  let at = HEAD
  for (let i = row; i < DOUBLES * stride; i += stride, at += 8) scratchView.setFloat64(at, doubles[i], true)
  for (let i = row; i < WORDS * stride; i += stride, at += 4) scratchView.setUint32(at, words[i], true)
  for (let i = row * 4; i < row * 4 + 4; i++, at += 4) scratchView.setUint32(at, clientWords[i], true)
  for (let i = row * 4; i < row * 4 + 4; i++, at += 4) scratchView.setUint32(at, resolverWords[i], true)
  for (let i = row; i < SHORTS * stride; i += stride, at += 2) scratchView.setUint16(at, shorts[i], true)
  scratchView.setUint16(at, 0, true)
  at += 2
  for (let i = row; i < OCTETS * stride; i += stride) scratch[at++] = octets[i]
  const nameStart = batch.nameStart[row]
  for (let i = 0; i < batch.nameLength[row]; i++) scratch[at++] = arena[nameStart + i]
  const first = batch.targetFirst[row]
  for (let t = first; t < first + batch.targetCount[row]; t++) {
    const length = batch.targetLength[t]
    scratch[at++] = length
    for (let i = 0; i < length; i++) scratch[at++] = arena[batch.targetStart[t] + i]
  }
  return scratch.slice(0, at)
}

/** Marks that the pipeline finds out itself, whatever a message says. */
const OWN_MARKS = MARK.late | MARK.secondVantage

/**
 * Appends a row that {@link writeRow} wrote; false, and nothing appended, where the octets are no such row. `input` is 0
 * unless the row has an origin.
 */
export function readRow(bytes: Uint8Array, batch: DnsBatch): boolean {
  if (bytes.length < FIXED || bytes.length > ROW_OCTETS_MAX || bytes[0] !== ROW_MAGIC || bytes[1] !== 1) return false
  const targets = bytes[2]
  const nameAt = FIXED
  const nameLength = bytes[FIXED - 2]
  if (!isWireName(bytes, nameAt, nameLength) || !targetsFit(bytes, nameAt + nameLength, targets)) return false
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const row = batch.addRow()
  const { stride, doubles, words, shorts, octets, clientWords, resolverWords } = batch
  let at = HEAD
  for (let i = row; i < DOUBLES * stride; i += stride, at += 8) doubles[i] = view.getFloat64(at, true)
  for (let i = row; i < WORDS * stride; i += stride, at += 4) words[i] = view.getUint32(at, true)
  for (let i = row * 4; i < row * 4 + 4; i++, at += 4) clientWords[i] = view.getUint32(at, true)
  for (let i = row * 4; i < row * 4 + 4; i++, at += 4) resolverWords[i] = view.getUint32(at, true)
  for (let i = row; i < SHORTS * stride; i += stride, at += 2) shorts[i] = view.getUint16(at, true)
  at += 2
  for (let i = row; i < OCTETS * stride; i += stride) octets[i] = bytes[at++]
  if (bytes[3] === 0) batch.input[row] = 0
  batch.marks[row] &= ~OWN_MARKS
  // A time outside the calendar is none.
  if (!(batch.timeMs[row] >= 0 && batch.timeMs[row] <= TIME_MS_MAX)) batch.timeMs[row] = Number.NaN
  batch.setName(row, bytes, nameAt, nameLength, labelsOf(bytes, nameAt, nameLength))
  at = nameAt + nameLength
  for (let t = 0; t < targets; t++) {
    batch.addTarget(row, bytes, at + 1, bytes[at])
    at += 1 + bytes[at]
  }
  return true
}

function isWireName(bytes: Uint8Array, start: number, length: number): boolean {
  const end = start + length
  if (end > bytes.length || length > NAME_MAX - 1) return false
  let at = start
  while (at < end) {
    if (bytes[at] === 0 || bytes[at] > 63) return false
    at += 1 + bytes[at]
  }
  return at === end
}

function targetsFit(bytes: Uint8Array, start: number, targets: number): boolean {
  let at = start
  for (let t = 0; t < targets; t++) {
    if (at >= bytes.length || !isWireName(bytes, at + 1, bytes[at])) return false
    at += 1 + bytes[at]
  }
  return at === bytes.length
}

function labelsOf(bytes: Uint8Array, start: number, length: number): number {
  let labels = 0
  for (let at = start; at < start + length; at += 1 + bytes[at]) labels++
  return labels
}
