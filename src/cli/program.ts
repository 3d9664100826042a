import { Command, CommanderError } from 'commander'
import { ModelFileError } from '../models/model.ts'
import { EXIT, ExitError } from './exit.ts'
import { packageVersion } from './package-version.ts'
import { say } from './say.ts'

/** A verb as the list of verbs shows it, and its file, which is loaded only where it is asked for. */
interface Verb {
  readonly name: string
  readonly summary: string
  load(): Promise<(command: Command) => void>
}

/** The verbs: one line a verb, one file a verb. A scan must not wait for what trains models. */
const VERBS: readonly Verb[] = [
  {
    name: 'scan',
    summary: 'read captures and logs, print alerts',
    load: async () => (await import('./scan.ts')).addScan,
  },
  {
    name: 'explain',
    summary: 'say why a domain is an alert, or why not',
    load: async () => (await import('./explain.ts')).addExplain,
  },
  {
    name: 'enrich',
    summary: 'say what others know of a domain: its age, reputation, popularity',
    load: async () => (await import('./enrich.ts')).addEnrich,
  },
  {
    name: 'inspect',
    summary: 'say what labelled data can teach, and where it misleads',
    load: async () => (await import('./inspect.ts')).addInspect,
  },
  {
    name: 'features',
    summary: 'write the features of every query as CSV',
    load: async () => (await import('./features.ts')).addFeatures,
  },
  {
    name: 'train',
    summary: 'train the detection models, or a model of your own',
    load: async () => (await import('./train.ts')).addTrain,
  },
  {
    name: 'select',
    summary: 'rank and choose features of labelled data',
    load: async () => (await import('./select.ts')).addSelect,
  },
  {
    name: 'evaluate',
    summary: 'measure detection, or a model of your own, on labelled traffic',
    load: async () => (await import('./evaluate.ts')).addEvaluate,
  },
  {
    name: 'replay',
    summary: 'write captures and logs to a topic, a message an exchange',
    load: async () => (await import('./replay.ts')).addReplay,
  },
  {
    name: 'watch',
    summary: 'watch traffic as it happens: dashboard, alerts, or a stream of results',
    load: async () => (await import('./watch.ts')).addWatch,
  },
  {
    name: 'history',
    summary: 'what a service has kept, searched or asked in SQL',
    load: async () => (await import('./history.ts')).addHistory,
  },
  {
    name: 'validate',
    summary: 'check the configuration of a service',
    load: async () => (await import('./validate.ts')).addValidate,
  },
  {
    name: 'feedback',
    summary: 'say what an incident was, for models to learn from',
    load: async () => (await import('./feedback.ts')).addFeedback,
  },
  {
    name: 'lab',
    summary: 'make labelled traffic, without a network or on the loopback',
    load: async () => (await import('./lab.ts')).addLab,
  },
  {
    name: 'label',
    summary: 'say which packets of a capture are part of a transfer',
    load: async () => (await import('./label.ts')).addLabel,
  },
  {
    name: 'model',
    summary: 'show, list, compare and export model files; shadow, promote and roll back',
    load: async () => (await import('./model.ts')).addModel,
  },
]

/** The program with all verbs, those that `words` name in full; a verb sets `process.exitCode` where it did not do well. */
export async function makeProgram(words: readonly string[]): Promise<Command> {
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
  for (const { name, summary, load } of VERBS) {
    const command = program.command(name).summary(summary)
    if (words.includes(name)) (await load())(command)
  }
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
