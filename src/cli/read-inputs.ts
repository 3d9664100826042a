import { type FoundInputs, findInputs } from '../sources/inputs/find-inputs.ts'
import type { ReadOptions } from './options.ts'
import { Progress } from './progress.ts'
import { tellFound } from './tell-inputs.ts'

/** Finds the inputs, says what is left out, and shows how far `read` has come with them. */
export async function readInputs<T>(
  inputs: readonly string[],
  { type, column }: ReadOptions,
  { dedupeContent, flows = false }: { readonly dedupeContent: boolean; readonly flows?: boolean },
  read: (found: FoundInputs) => Promise<T>,
): Promise<T> {
  const settings = { dedupeContent, flows, ...(type ? { type } : {}), ...(column ? { column } : {}) }
  const found = await findInputs(inputs, settings)
  tellFound(found)
  const progress = new Progress()
  try {
    return await read(progress.follow(found))
  } finally {
    progress.clear()
  }
}
