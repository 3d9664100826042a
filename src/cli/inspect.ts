import { type Command, Option } from 'commander'
import { oneLanguage } from '../datasets/each-exchange.ts'
import { inspect } from '../datasets/inspect/inspect.ts'
import type { Inspection } from '../datasets/inspect/inspection.ts'
import { labelledInputs } from '../datasets/labelled-inputs.ts'
import { kindOf, loadDataSets } from '../datasets/load-data-sets.ts'
import { ManifestError } from '../datasets/manifest.ts'
import { PROFILES, type ProfileName } from '../datasets/row-profile.ts'
import { loadDetectionModel } from '../detect/load-detection-model.ts'
import { renderReport } from '../evaluate/render.ts'
import { EXIT, ExitError } from './exit.ts'
import { inspectionSections } from './inspect-text.ts'
import { nonEmpty } from './options.ts'
import { writeOut } from './output.ts'
import { say } from './say.ts'

const FORMATS = ['table', 'markdown', 'json'] as const
/** Back to the start of the line, and wipe it. */
const WIPE = '\r\u001b[K'

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
export function addInspect(program: Command): void {
  program
    .command('inspect')
    .summary('say what labelled data can teach, and where it misleads')
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
  const { language, thresholds } = loadDetectionModel(model)
  try {
    const rows = await labelledInputs(inputs)
    const others = rows.filter((row) => kindOf(row) === undefined)
    if (others.length > 0) say(`Left out, as no table is made of them: ${others.map(({ file }) => file).join(', ')}.`)
    const languages = oneLanguage(language)
    const sets = await loadDataSets(rows, { profile, languages, thresholds, onFile: showFile })
    if (sets.length === 0) throw new ManifestError(`${inputs.join(', ')} names no files that rows are made of.`)
    return sets.map(inspect)
  } catch (error) {
    if (error instanceof ManifestError) throw new ExitError(EXIT.nothingRead, error.message, { cause: error })
    throw error
  } finally {
    if (process.stderr.isTTY) process.stderr.write(WIPE)
  }
}

function showFile(done: number, of: number, file: string): void {
  if (process.stderr.isTTY) process.stderr.write(`${WIPE}${done + 1}/${of} ${file}`)
}

function printed(found: readonly Inspection[], format: InspectOptions['format']): string[] {
  if (format === 'json') return [`${JSON.stringify(found, null, 2)}\n`]
  return [renderReport(found.flatMap(inspectionSections), format)]
}
