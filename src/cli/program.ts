import { Command, CommanderError } from 'commander'
import { ModelFileError } from '../models/model.ts'
import { addEvaluate } from './evaluate.ts'
import { EXIT, ExitError } from './exit.ts'
import { addExplain } from './explain.ts'
import { addFeatures } from './features.ts'
import { addInspect } from './inspect.ts'
import { addModel } from './model.ts'
import { packageVersion } from './package-version.ts'
import { say } from './say.ts'
import { addScan } from './scan.ts'
import { addSelect } from './select.ts'
import { addTrain } from './train.ts'

/** The verbs: one line a verb, one file a verb. */
const VERBS = [addScan, addExplain, addInspect, addFeatures, addTrain, addSelect, addEvaluate, addModel]

/** The program with all its verbs; a verb sets `process.exitCode` where it is done otherwise than well. */
export function makeProgram(): Command {
  const program = new Command('wakeful')
    .description(
      'Reads DNS traffic from wherever it already is and says, with evidence, when data is leaving through it.',
    )
    .version(packageVersion())
    .exitOverride()
    // Said by us, with what to do next.
    .configureOutput({ outputError: () => {} })
    .helpCommand('help [verb]', 'show the help of a verb')
    .addHelpText(
      'after',
      '\nExamples:\n  wakeful scan samples\n  wakeful scan --help\n  wakeful explain samples --domain golf.test',
    )
  for (const add of VERBS) add(program)
  return program
}

/** What the process ends with after `error`, which is told in one sentence unless it is a bug: that one keeps its stack. */
export function exitCodeOf(error: unknown, words: readonly string[]): number {
  if (error instanceof CommanderError) return usageCode(error, words)
  if (error instanceof ExitError) {
    if (error.message !== '') say(error.message)
    return error.code
  }
  if (error instanceof ModelFileError) {
    say(error.message)
    return EXIT.configuration
  }
  if (error instanceof Error && 'syscall' in error) {
    say(`${error.message}.`)
    return EXIT.io
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`wakeful: this is a bug, please report it:\n${stack}\n`)
  return EXIT.other
}

/** Help and version that were asked for are no error; the rest is told with the help to look into. */
function usageCode(error: CommanderError, words: readonly string[]): number {
  if (error.exitCode === 0) return EXIT.done
  // Called without a verb: its help was printed already.
  if (error.code === 'commander.help') return EXIT.usage
  const problem = error.message
    .replace(/^error: /, '')
    .replace(/\n\(?(.*?)\)?$/, ' ($1)')
    .replace(/\.$/, '')
  const verb = words[0] !== undefined && /^[a-z]+$/.test(words[0]) ? `${words[0]} ` : ''
  if (error.code === 'commander.unknownCommand' && !problem.includes('Did you mean')) {
    say(`${problem}. To read files write: wakeful scan ${words[0]}; all verbs: wakeful --help`)
  } else say(`${problem}. See: wakeful ${error.code === 'commander.unknownCommand' ? '' : verb}--help`)
  return EXIT.usage
}
