import { existsSync } from 'node:fs'
import { Journal } from './journal.ts'
import type { StoreEntry } from './records.ts'
import { StoreError } from './store-error.ts'
import { StoreState } from './store-state.ts'

/**
 * What a store holds, read beside whoever writes to it: nothing is locked, changed or cut off. Throws {@link StoreError} where there is
 * none, or it cannot be read.
 */
export function readStore(folder: string, onDoubt: (sentence: string) => void): StoreState {
  const state = new StoreState()
  if (!existsSync(folder)) throw new StoreError(`There is no journal in ${folder}: name its folder with --journal.`)
  try {
    new Journal(folder, {
      ...{ onDoubt, onTrouble() {} },
      apply: (entry) => state.apply(entry as StoreEntry),
      restore: (snapshot) => state.restore(snapshot),
      snapshot: () => state.snapshot(),
    }).read()
  } catch (error) {
    throw new StoreError(
      `The journal in ${folder} cannot be read (${(error as Error).message}): name a folder you may read.`,
    )
  }
  return state
}
