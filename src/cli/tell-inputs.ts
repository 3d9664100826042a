import type { FoundInputs } from '../sources/inputs/find-inputs.ts'
import type { InputCounts } from '../sources/source.ts'
import { EXIT, ExitError } from './exit.ts'
import { say } from './say.ts'

/** Sentences of one kind before the rest is summed up. */
const TOLD_MAX = 20

/** Says what is left out: files met in folders that are not ours, and files that are the same as another. */
export function tellFound(found: FoundInputs): void {
  const others = found.skipped
    .filter((problem) => !problem.zeekOther)
    .map((problem) => `${problem.sentence} It is left out.`)
  tellSome(others, (more) => `${more} more files hold nothing that wakeful reads and are left out.`)
  if (found.zeekOthers === 1) say(`One of Zeek's logs of other protocols is left out.`)
  if (found.zeekOthers > 1) say(`${found.zeekOthers} of Zeek's logs of other protocols are left out.`)
  const same = found.dropped.map(({ path, sameAs }) => `${path} is the same as ${sameAs}, and is read once.`)
  tellSome(same, (more) => `${more} more files are the same as others, and are read once.`)
}

/** Says of every input that failed why; all of them, since each is a hole in what was looked at. */
function tellFailures(counts: readonly InputCounts[]): void {
  for (const { source, failure } of counts) {
    if (failure === undefined) continue
    say(source === '-' || failure.includes(source) ? failure : `${source}: ${failure}`)
  }
}

/** Whether nothing of what was asked for could be read as anything known. */
function isNothingRead(counts: readonly InputCounts[]): boolean {
  const failed = counts.length === 0 || counts.some((input) => input.failure !== undefined)
  return failed && counts.every((input) => input.packets === 0 && input.rows === 0)
}

/** Tells failures, and ends with 65 where there was nothing but failures, or nothing at all. */
export function demandSomethingRead(inputs: readonly string[], counts: readonly InputCounts[]): void {
  tellFailures(counts)
  if (!isNothingRead(counts)) return
  const where = inputs.join(', ')
  throw new ExitError(
    EXIT.nothingRead,
    counts.length > 0
      ? 'Nothing could be read: the reasons are above; `wakeful scan --help` says what is read.'
      : `${where} holds no file that wakeful reads: name captures, logs, lists of names, or folders with some in them.`,
  )
}

function tellSome(sentences: readonly string[], rest: (more: number) => string): void {
  for (const sentence of sentences.slice(0, TOLD_MAX)) say(sentence)
  if (sentences.length > TOLD_MAX) say(rest(sentences.length - TOLD_MAX))
}
