import { readFileSync } from 'node:fs'
import { parseTruth, TruthError } from '../lab/traffic/truth.ts'
import { TruthIndex } from '../lab/traffic/truth-index.ts'
import { EXIT, ExitError } from './exit.ts'

/** Reads the truth beside a capture. */
export function readTruth(path: string): TruthIndex {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    throw new ExitError(EXIT.io, `${path} cannot be read: name the truth.ndjson that wakeful lab wrote.`, { cause })
  }
  try {
    return new TruthIndex(parseTruth(text, path))
  } catch (error) {
    if (error instanceof TruthError) throw new ExitError(EXIT.configuration, error.message, { cause: error })
    throw error
  }
}

/** Ends where the truth is that of another capture. */
export function demandOwnTruth(truth: TruthIndex): void {
  const doubt = truth.doubt()
  if (doubt !== undefined) throw new ExitError(EXIT.configuration, doubt)
}
