import { type Command, Option } from 'commander'
import { featureTable } from '../datasets/feature-table.ts'
import { type LabelRule, labelRule } from '../datasets/label-rule.ts'
import { ManifestError } from '../datasets/manifest.ts'
import { createProfile, PROFILES, type ProfileName } from '../datasets/row-profile.ts'
import { tableLayout } from '../datasets/table-layouts.ts'
import { loadDetectionModel } from '../detect/load-detection-model.ts'
import { openSources } from '../sources/index.ts'
import type { FoundInputs } from '../sources/inputs/find-inputs.ts'
import { EXIT, ExitError } from './exit.ts'
import { interruptible } from './interrupt.ts'
import { addReadOptions, nonEmpty, type ReadOptions, sourceOptions } from './options.ts'
import { writeOut } from './output.ts'
import { readInputs } from './read-inputs.ts'
import { demandSomethingRead } from './tell-inputs.ts'
import { writePieces } from './write-whole.ts'

interface FeaturesVerbOptions extends ReadOptions {
  readonly out?: string
  readonly profile: ProfileName
  readonly label?: string
}

const EXAMPLES = `
Examples:
  wakeful features samples -o rows.csv                                 a line a query, in order of time
  wakeful features samples/benign.pcap.gz --profile legacy             the originals' columns, for their notebooks
  wakeful features samples --label 'willow.example;golf.test'          1 for names under these domains, 0 for others
  wakeful features names.csv --profile legacy --label column -o t.csv  labels from the table's own column

Exit: 0 done; 64 wrong usage; 65 nothing could be read; 74 output could not be written; 78 wrong configuration;
1 anything else.`

/** `wakeful features`: what models are given of each row, as a table. */
export function addFeatures(command: Command): void {
  addReadOptions(command)
    .description(
      'Writes a line a query: its time, client and name, and the features of the query model (names and answers); or, ' +
        "with --profile legacy, the columns of the originals' tables. Each row is described by itself, without what " +
        'its domain showed before. Cells that a spreadsheet would run are made harmless.',
    )
    .option('-o, --out <file>', 'write a file instead of standard output', nonEmpty)
    .addOption(
      new Option('--profile <profile>', 'features of the query model, or those of the originals')
        .choices(PROFILES)
        .default('query'),
    )
    .option('--label <rule>', 'add a label: attack, benign, column, or domains that are attack joined by ;', nonEmpty)
    .addHelpText('after', EXAMPLES)
    .action(async (inputs: string[], options: FeaturesVerbOptions) => {
      process.exitCode = await interruptible((signal) => runFeatures(inputs, options, signal))
    })
}

async function runFeatures(
  inputs: readonly string[],
  options: FeaturesVerbOptions,
  signal: AbortSignal,
): Promise<number> {
  const { language } = loadDetectionModel(options.model)
  const profile = createProfile(options.profile, 'answers', language)
  const counts = await readInputs(inputs, options, true, async (found) => {
    const opened = await openSources(found, sourceOptions(options))
    const label = await ruleOf(options, found)
    const layout = tableLayout(options.profile, profile, label !== undefined)
    // A header alone would look like a table that was read.
    if (opened.timed.length + opened.untimed.length > 0) {
      const table = featureTable(opened, profile, layout, label, signal)
      if (options.out === undefined) await writeOut(table)
      else await writePieces(options.out, table, signal)
    }
    return opened.counts
  })
  if (signal.aborted) return EXIT.other
  demandSomethingRead(inputs, counts)
  return EXIT.done
}

async function ruleOf({ label, column }: FeaturesVerbOptions, found: FoundInputs): Promise<LabelRule | undefined> {
  try {
    return label === undefined ? undefined : await labelRule(label, found, column)
  } catch (error) {
    if (error instanceof ManifestError) throw new ExitError(EXIT.nothingRead, error.message, { cause: error })
    throw error
  }
}
