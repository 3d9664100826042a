import { createRandom, randomInteger } from '../../stats/random.ts'
import type { ComposedStream } from './compose-stream.ts'

/** Rows that a poisoner adds for each of the stream's after the warm-up. */
const TIMES = 10

/**
 * The stream with ten times its benign rows again: a poisoner who asks for what looks benign, from a few domains, so that a
 * learner that counts rows hears of nothing else. They are benign by their labels, and judged as such.
 */
export function poisoned(stream: ComposedStream, columns: number, seed: number): ComposedStream {
  const random = createRandom(seed)
  const benign = Array.from({ length: stream.warmRows }, (_, row) => row).filter((row) => stream.y[row] === 0)
  const order: { row: number; timeMs: number; group: string }[] = []
  for (let row = 0; row < stream.rows; row++) {
    order.push({ row, timeMs: stream.timeMs[row], group: stream.groups[row] })
    if (row < stream.warmRows) continue
    for (let i = 0; i < TIMES; i++) {
      order.push({
        row: benign[randomInteger(random, benign.length)],
        timeMs: stream.timeMs[row],
        group: `poison ${i}`,
      })
    }
  }
  const rows = order.length
  const x = new Float64Array(rows * columns)
  for (const [at, { row }] of order.entries())
    x.set(stream.x.subarray(row * columns, (row + 1) * columns), at * columns)
  const bytes = (of: Uint8Array) => Uint8Array.from(order, ({ row }) => of[row])
  const doubles = (of: Float64Array) => Float64Array.from(order, ({ row }) => of[row])
  return {
    ...{ rows, x, warmRows: stream.warmRows },
    timeMs: order.map(({ timeMs }) => timeMs),
    groups: order.map(({ group }) => group),
    y: bytes(Uint8Array.from({ length: stream.rows }, (_, row) => stream.y[row])),
    probability: doubles(stream.probability),
    fired: bytes(stream.fired),
    accountRatio: doubles(stream.accountRatio),
    isNew: bytes(stream.isNew),
    isOld: bytes(stream.isOld),
  }
}
