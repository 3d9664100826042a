import { demand } from '../model.ts'

/** Refuses columns that a row does not have, or that do not rise. */
export function demandColumns(chosen: Int32Array, columns: number): void {
  demand(
    chosen.every((column, i) => column >= 0 && column < columns && (i === 0 || column > chosen[i - 1])),
    'The model file names columns that its rows do not have.',
  )
}
