/** The most pages of 64 KiB that a memory has. */
export const PAGES_MAX = 65_536

/** Where a column's part of a row is read, and where its sums stand. */
export interface ColumnPlace {
  /** Octets from the beginning of a row. */
  readonly offset: number
  /** Octets from the beginning of the memory. */
  readonly sums: number
}

/** What {@link histogramModule} exports; every argument is an octet offset or a number of octets. */
export type Fill = (bins: number, rowBytes: number, pairs: number, order: number, orderEnd: number) => number

/**
 * Sums by bin in WebAssembly, two an instruction, over the memory `m.memory` that it imports: for each row number at
 * `order`, the row's pair is added to the sums of the bin it has in each column. Written out here, octet by octet, so
 * that it needs no compiler and no second language, and with the columns of one training set built in, so that there
 * is no loop over them. Every sum is made of the same numbers in the same order as in JavaScript, so it is the same to
 * the bit.
 *
 * Format: WebAssembly Core Specification 2.0, chapter 5.
 */
export function histogramModule(columns: readonly ColumnPlace[], wideBins: boolean): Uint8Array<ArrayBuffer> {
  const parameters = list(Array(5).fill([I32]))
  const locals = list([
    [5, I32],
    [1, V128],
  ])
  const body = [...locals, ...fillBody(columns, wideBins), END]
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, list([[0x60, ...parameters, ...list([[I32]])]])),
    ...section(2, list([[...text('m'), ...text('memory'), 2, 1, 0, ...unsigned(PAGES_MAX)]])),
    ...section(3, list([[0]])),
    ...section(7, list([[...text('fill'), 0, 0]])),
    ...section(10, list([[...unsigned(body.length), ...body]])),
  ])
}

/**
 * Rows fetched ahead. Where a leaf's rows lie far apart, each waits for memory; asked for together they wait together,
 * which doubles the speed on leaves of a twentieth of the rows.
 */
const AHEAD = 32

const [I32, V128] = [0x7f, 0x7b]
const [BLOCK, LOOP, END, JUMP, JUMP_IF, SELECT, NO_RESULT] = [0x02, 0x03, 0x0b, 0x0c, 0x0d, 0x1b, 0x40]
const [BELOW, NOT_BELOW, ADD, MULTIPLY, SHIFT_LEFT] = [0x49, 0x4f, 0x6a, 0x6c, 0x74]
const ADD_PAIRS = [0xfd, 0xf0, 0x01]
/** Parameters and locals, in order. */
const [BINS, ROW_BYTES, PAIRS, ORDER, ORDER_END, AT, SLOT, NEXT, STOP, SEEN, PAIR] = Array(11).keys()

function fillBody(columns: readonly ColumnPlace[], wideBins: boolean): number[] {
  const last = columns.at(-1)!.offset
  return [
    ...whileBelow(ORDER, ORDER_END, [
      ...[...get(ORDER), ...constant(4 * AHEAD), ADD, ...set(STOP)],
      ...[...get(STOP), ...get(ORDER_END), ...get(STOP), ...get(ORDER_END), BELOW, SELECT, ...set(STOP)],
      ...[...get(ORDER), ...set(NEXT)],
      ...whileBelow(NEXT, STOP, [
        ...[...pairOf(NEXT), ...loadBin(0), ...get(SEEN), ADD],
        ...[...rowOf(NEXT), ...loadBin(0), ADD, ...rowOf(NEXT), ...loadBin(last), ADD, ...set(SEEN)],
        ...advance(NEXT),
      ]),
      ...whileBelow(ORDER, STOP, [
        ...[...pairOf(ORDER), ...loadPair(0), ...set(PAIR), ...rowOf(ORDER), ...set(AT)],
        ...columns.flatMap(({ offset, sums }) => [
          ...[...get(AT), ...(wideBins ? loadWideBin(offset) : loadBin(offset)), ...times16(), ...set(SLOT)],
          ...[...get(SLOT), ...get(SLOT), ...loadPair(sums), ...get(PAIR), ...ADD_PAIRS, ...storePair(sums)],
        ]),
        ...advance(ORDER),
      ]),
    ]),
    // The result is of no use, but for it the fetching ahead could be left out.
    ...get(SEEN),
  ]
}

function whileBelow(local: number, limit: number, body: number[]): number[] {
  const leave = [...get(local), ...get(limit), NOT_BELOW, JUMP_IF, 1]
  return [BLOCK, NO_RESULT, LOOP, NO_RESULT, ...leave, ...body, JUMP, 0, END, END]
}

/** Where the pair, or the bins, of the row stand that `order` points to. */
const pairOf = (order: number) => [...get(PAIRS), ...get(order), ...loadRow(), ...times16(), ADD]
const rowOf = (order: number) => [...get(BINS), ...get(order), ...loadRow(), ...get(ROW_BYTES), MULTIPLY, ADD]
const advance = (order: number) => [...get(order), ...constant(4), ADD, ...set(order)]
const times16 = () => [...constant(4), SHIFT_LEFT]
const get = (local: number) => [0x20, local]
const set = (local: number) => [0x21, local]
// Signed LEB128, of numbers below 8192.
const constant = (value: number) => (value < 64 ? [0x41, value] : [0x41, (value % 128) + 128, value >> 7])
// Loads and stores name the alignment, as a power of two, and an offset.
const loadRow = () => [0x28, 2, 0]
const loadBin = (offset: number) => [0x2d, 0, ...unsigned(offset)]
const loadWideBin = (offset: number) => [0x2f, 1, ...unsigned(offset)]
const loadPair = (offset: number) => [0xfd, 0x00, 4, ...unsigned(offset)]
const storePair = (offset: number) => [0xfd, 0x0b, 4, ...unsigned(offset)]

const section = (id: number, content: number[]) => [id, ...unsigned(content.length), ...content]
const list = (entries: number[][]) => [...unsigned(entries.length), ...entries.flat()]
const text = (name: string) => [...unsigned(name.length), ...Buffer.from(name)]

/** LEB128: seven bits an octet, the lowest first. */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...unsigned(Math.floor(value / 128))]
}
