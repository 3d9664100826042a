import { type Command, InvalidArgumentError, Option } from 'commander'
import { featureTable } from '../datasets/feature-table.ts'
import { type LabelRule, labelRule } from '../datasets/label-rule.ts'
import { ManifestError } from '../datasets/manifest.ts'
import { createProfile, PROFILES, type ProfileName } from '../datasets/row-profile.ts'
import { tableLayout } from '../datasets/table-layouts.ts'
import { loadDetectionModel } from '../detect/load-detection-model.ts'
import { LOG_BASES } from '../features/packet/packet-profile.ts'
import { openSources } from '../sources/index.ts'
import type { FoundInputs } from '../sources/inputs/find-inputs.ts'
import { EXIT, ExitError } from './exit.ts'
import { type PacketFeatureOptions, writePacketFeatures } from './features-packet.ts'
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
  wakeful features out/traffic.pcap --unit packet --ngram 1 --log e --truth out/truth.ndjson -o packets.csv
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
    .addOption(
      new Option('--unit <unit>', 'a line a query, or a line a DNS message')
        .choices(['query', 'packet'])
        .default('query'),
    )
    .addOption(
      new Option('--ngram <n>', 'of packets: count runs of so many octets').choices(['1', '2', '3', '4']).default('1'),
    )
    .addOption(
      new Option('--log <base>', 'of packets: 1 + log of a count, or the count').choices(LOG_BASES).default('e'),
    )
    .option('--sequence <n>', 'of packets: the first n octets in place of counts', sequence)
    .addOption(
      new Option('--packets <which>', 'of packets: queries alone, or answers too')
        .choices(['queries', 'all'])
        .default('queries'),
    )
    .option('--truth <file>', 'of packets: label them by the truth that wakeful lab wrote', nonEmpty)
    .option('--label <rule>', 'add a label: attack, benign, column, or domains that are attack joined by ;', nonEmpty)
    .addHelpText('after', EXAMPLES)
    .action(
      async (
        inputs: string[],
        options: FeaturesVerbOptions & Omit<PacketFeatureOptions, 'ngram'> & { unit: string; ngram: string },
      ) => {
        if (options.unit === 'packet') {
          const { profile: _, label: __, ngram, ...rest } = options
          return await writePacketFeatures(inputs, { ...rest, ngram: Number(ngram) })
        }
        process.exitCode = await interruptible((signal) => runFeatures(inputs, options, signal))
      },
    )
}

async function runFeatures(
  inputs: readonly string[],
  options: FeaturesVerbOptions,
  signal: AbortSignal,
): Promise<number> {
  const { language } = loadDetectionModel(options.model)
  const profile = createProfile(options.profile, 'answers', language)
  const counts = await readInputs(inputs, options, { dedupeContent: true }, async (found) => {
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

function sequence(value: string): number {
  if (!/^[1-9]\d{0,3}$/.test(value) || Number(value) > 1024)
    throw new InvalidArgumentError('It has to be from 1 to 1024.')
  return Number(value)
}
