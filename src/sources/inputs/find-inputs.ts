import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Readable } from 'node:stream'
import { isFlowType } from '../flows/flow-source.ts'
import { InputError, type InputFile } from '../input-file.ts'
import { findCsvLayout } from '../logs/csv-layout.ts'
import { detectType } from './detect-type.ts'
import { fileErrorSentence } from './file-input.ts'
import { type Detected, type InputType, isReadable } from './input-type.ts'
import { openInput, readHead } from './open-input.ts'
import { type Candidate, type Dropped, dropSame } from './same-content.ts'
import { walkFolder } from './walk-folder.ts'

export interface FindOptions {
  /** The type of every input, whatever its content looks like. */
  readonly type?: InputType
  /** Column of the name in tables, as in SourceOptions. */
  readonly column?: string
  /** Whether files of equal content are read once; files of one real path always are. */
  readonly dedupeContent?: boolean
  readonly stdin?: Readable
  /** Whether logs of flows are read too, beside those of DNS. */
  readonly flows?: boolean
}

export interface FoundInput {
  readonly file: InputFile
  readonly type: InputType
}

/** An input that is not read, and why, in one sentence. */
export interface InputProblem {
  readonly label: string
  readonly sentence: string
  /** One of Zeek's logs of other protocols, of which a folder holds dozens for one dns.log. */
  readonly zeekOther?: true
}

export interface FoundInputs {
  readonly inputs: readonly FoundInput[]
  /** Named by the user and not readable, or broken. */
  readonly failures: readonly InputProblem[]
  /** Met in a folder and not ours. */
  readonly skipped: readonly InputProblem[]
  /** Of `skipped`, Zeek's logs of other protocols. */
  readonly zeekOthers: number
  readonly dropped: readonly Dropped[]
}

interface Place extends Candidate {
  /** Named as an argument, rather than met in a folder. */
  readonly named: boolean
}

/**
 * The inputs that arguments stand for: files, folders with all that is in them, `-` for standard input. Never throws
 * for what is found or not found: one bad file among many is reported, the rest are read.
 *
 * @example
 * const { inputs, failures } = await findInputs(['captures/', 'dns.log.gz', '-'])
 */
export async function findInputs(args: readonly string[], options: FindOptions = {}): Promise<FoundInputs> {
  const failures: InputProblem[] = []
  const skipped: InputProblem[] = []
  const places: Place[] = []
  for (const arg of args) places.push(...(await placesOf(arg, failures)))
  places.sort((a, b) => compare(a.label, b.label) || compare(a.path, b.path))
  const { kept, dropped } = await dropSame(places, options.dedupeContent ?? true)
  const inputs: FoundInput[] = []
  let zeekOthers = 0
  for (const place of kept) {
    const file = openInput({ ...place, index: inputs.length }, options.stdin)
    const detected = withoutFlows(await detect(file, options), options)
    if (isReadable(detected.type)) {
      inputs.push({ file, type: detected.type })
      continue
    }
    const zeekOther = detected.type === 'zeek-other' && !place.named
    if (zeekOther) zeekOthers++
    const quiet = !place.named && detected.type !== 'failed'
    const sentence = detected.reason ?? 'is of an unknown kind.'
    const problem: InputProblem = { label: place.label, sentence, ...(zeekOther ? { zeekOther } : {}) }
    ;(quiet ? skipped : failures).push(problem)
  }
  return { inputs, failures, skipped, zeekOthers, dropped }
}

async function placesOf(arg: string, failures: InputProblem[]): Promise<Place[]> {
  if (arg === '-') return [{ label: '-', path: '-', once: true, named: true }]
  try {
    const found = await stat(arg)
    if (!found.isDirectory()) return [{ label: basename(arg), path: arg, once: !found.isFile(), named: true }]
  } catch (error) {
    failures.push({ label: arg, sentence: fileErrorSentence(arg, error) })
    return []
  }
  const labels = await walkFolder(arg, (sentence) => failures.push({ label: arg, sentence }))
  return labels.map((label) => ({ label, path: join(arg, label), once: false, named: false }))
}

type Outcome = Pick<Detected, 'reason'> & { readonly type: Detected['type'] | 'failed' }

async function detect(file: InputFile, { type, column }: FindOptions): Promise<Outcome> {
  if (type) return { type }
  try {
    const head = await readHead(file)
    const detected = checkTable(detectType(head), head, column)
    const name = file.path === '-' ? 'Standard input' : file.path
    // What is read needs no reason why not.
    return detected.reason ? { ...detected, reason: `${name} ${detected.reason}` } : detected
  } catch (error) {
    if (error instanceof InputError) return { type: 'failed', reason: error.message }
    throw error
  }
}

/** Who reads no flows has no use for a log of them. */
function withoutFlows(outcome: Outcome, { flows }: FindOptions): Outcome {
  if (flows || !isFlowType(outcome.type)) return outcome
  return {
    reason: 'is read as flows, which only wakeful scan joins to what was asked.',
    ...outcome,
    type: 'zeek-other',
  }
}

/** A table is ours only where it has a column of names. */
function checkTable(detected: Detected, head: Uint8Array, column: string | undefined): Detected {
  if (detected.type !== 'csv') return detected
  const layout = findCsvLayout(head, column)
  return typeof layout === 'string' ? { type: 'unknown', reason: layout } : detected
}

/** By code unit: the order of a locale differs from machine to machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
