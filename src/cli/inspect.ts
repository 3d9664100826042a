import { type Command, Option } from 'commander'
import { inspect } from '../datasets/inspect/inspect.ts'
import type { Inspection } from '../datasets/inspect/inspection.ts'
import { PROFILES, type ProfileName } from '../datasets/row-profile.ts'
import { renderReport } from '../evaluate/render.ts'
import { inspectionSections } from './inspect-text.ts'
import { loadLabelled, withLabelled } from './labelled-data.ts'
import { nonEmpty } from './options.ts'
import { writeOut } from './output.ts'

const FORMATS = ['table', 'markdown', 'json'] as const

interface InspectOptions {
  readonly format: (typeof FORMATS)[number]
  readonly profile: ProfileName
  readonly model?: string
}

const EXAMPLES = `
Examples:
  wakeful inspect Kafka_dataset.csv                      a table of the originals' 14 features
  wakeful inspect names.csv --profile legacy             a table with the columns domain and label, read as they read it
  wakeful inspect lab/MANIFEST.csv public/MANIFEST.csv   labelled captures and logs
  wakeful inspect names.csv --format json

Exit: 0 done; 64 wrong usage; 65 no labels, or files that cannot be read; 74 output could not be written; 78 wrong
configuration; 1 anything else.`

/** `wakeful inspect`: what labelled data can and cannot teach, before anything is learned from it. */
export function addInspect(command: Command): void {
  command
    .description(
      'Counts rows, duplicates and conflicting labels, the accuracy no model can pass, what single thresholds reach, ' +
        'and which columns give the label away. Tables of one kind are read together.',
    )
    .argument('<input...>', "tables of the originals' features, tables of names with labels, or MANIFEST.csv files")
    .addOption(
      new Option('--profile <profile>', 'features of name tables: of the query model, or of the originals')
        .choices(PROFILES)
        .default('query'),
    )
    .addOption(new Option('--format <format>', 'how it is printed').choices(FORMATS).default('table'))
    .option(
      '--model <folder>',
      'model folder whose language model reads names, instead of the one that ships',
      nonEmpty,
    )
    .addHelpText('after', EXAMPLES)
    .action(async (inputs: string[], options: InspectOptions) => {
      await writeOut(printed(await inspectInputs(inputs, options), options.format))
    })
}

async function inspectInputs(inputs: readonly string[], { profile, model }: InspectOptions): Promise<Inspection[]> {
  return await withLabelled(async () => {
    const { sets } = await loadLabelled(inputs, { profile, ...(model === undefined ? {} : { folder: model }) })
    return sets.map(inspect)
  })
}

function printed(found: readonly Inspection[], format: InspectOptions['format']): string[] {
  if (format === 'json') return [`${JSON.stringify(found, null, 2)}\n`]
  return [renderReport(found.flatMap(inspectionSections), format)]
}
