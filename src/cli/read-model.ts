import { readFileSync } from 'node:fs'
import { decodeModel, type ModelFile } from '../models/model-file.ts'
import { ofFile } from '../models/of-file.ts'

/** Reads a model file; what is wrong with it is told with its name. */
export function readModel(path: string): ModelFile {
  return ofFile(path, () => decodeModel(readFileSync(path)))
}
