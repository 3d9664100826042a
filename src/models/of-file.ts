import { ModelFileError } from './model.ts'

/** Does work on a file; what is wrong with the file is told with its name. */
export function ofFile<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof ModelFileError)) throw error
    throw new ModelFileError(`${path}: ${error.message}`, { cause: error })
  }
}
