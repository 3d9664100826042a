import { readFileSync } from 'node:fs'
import { ModelFileError } from '../models/model.ts'
import { decodeModel, type ModelFile } from '../models/model-file.ts'

/** Reads a model file; what is wrong with it is told with its name. */
export function readModel(path: string): ModelFile {
  try {
    return decodeModel(readFileSync(path))
  } catch (error) {
    if (!(error instanceof ModelFileError)) throw error
    throw new ModelFileError(`${path}: ${error.message}`, { cause: error })
  }
}
