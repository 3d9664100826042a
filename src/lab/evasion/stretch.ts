import { createTransform, type Transform } from './transform.ts'

/** The patient attacker: the same questions, so many times slower. Decay is all there is to gain. */
function stretch(times: number): Transform {
  return createTransform(
    `slower-${times}x`,
    `The clock of the tunnel runs ${times.toLocaleString('en-US')} times slower.`,
    (rows, _random, firstMs) => rows.map((row) => ({ ...row, timeMs: firstMs + times * (row.timeMs - firstMs) })),
  )
}

/** The capture as it is, to hold the others against. */
export const unchanged = createTransform('unchanged', 'The capture as it is.', (rows) => [...rows])

export const slower60 = stretch(60)
export const slower3600 = stretch(3600)
