import { type Command, Option } from 'commander'
import { loadDetectionModel } from '../detect/load-detection-model.ts'
import { loadWindowModel } from '../detect/window-model.ts'
import { domainKey } from '../pipeline/explain/domain-key.ts'
import { explain } from '../pipeline/explain/explain.ts'
import { jsonLine } from '../sinks/ndjson.ts'
import { EXIT, ExitError } from './exit.ts'
import { explanationText } from './explain-text.ts'
import { interruptible } from './interrupt.ts'
import { outputLayout } from './layout.ts'
import { addReadOptions, nonEmpty, type ReadOptions, sourceOptions } from './options.ts'
import { writeOut } from './output.ts'
import { readInputs } from './read-inputs.ts'
import { demandSomethingRead } from './tell-inputs.ts'

interface ExplainVerbOptions extends ReadOptions {
  readonly domain: string
  readonly format: string
  readonly name: string
}

const EXAMPLES = `
Examples:
  wakeful explain samples --domain golf.test
  wakeful explain samples/benign.pcap.gz --domain www.ameblo.jp
  wakeful explain samples --domain willow.example --format ndjson

Exit: 0 done, also where the domain was not seen; 64 wrong usage; 65 nothing could be read; 78 wrong configuration;
1 anything else.`

/** `wakeful explain`: why a domain is an alert, or why not. */
export function addExplain(command: Command): void {
  addReadOptions(command)
    .description(
      'Scans the inputs as one observation and prints the account of one registered domain at each time scale beside ' +
        'its limit, what the look-up judgement held for and against it, its clients, and its names.',
    )
    .requiredOption('--domain <name>', 'the domain; of a longer name its registered domain is taken', nonEmpty)
    .addOption(new Option('--format <format>', 'how it is printed').choices(['table', 'ndjson']).default('table'))
    .option('--name <observation>', 'name of the observation, part of incident ids', nonEmpty, 'default')
    .addHelpText('after', EXAMPLES)
    .action(async (inputs: string[], options: ExplainVerbOptions) => {
      process.exitCode = await interruptible((signal) => runExplain(inputs, options, signal))
    })
}

async function runExplain(
  inputs: readonly string[],
  options: ExplainVerbOptions,
  signal: AbortSignal,
): Promise<number> {
  const key = domainKey(options.domain)
  if (!key) {
    throw new ExitError(
      EXIT.usage,
      `${options.domain} is no domain, or one that nobody registers: name one below it, such as example.com.`,
    )
  }
  const model = loadDetectionModel(options.model)
  const window = loadWindowModel(options.model)
  const { explanation, result } = await readInputs(inputs, options, { dedupeContent: true }, (found) =>
    explain(
      key,
      found,
      { model, source: sourceOptions(options), name: options.name, ...(window ? { window } : {}) },
      signal,
    ),
  )
  demandSomethingRead(inputs, result.counts)
  await writeOut([options.format === 'ndjson' ? jsonLine(explanation) : explanationText(explanation, outputLayout())])
  return EXIT.done
}
