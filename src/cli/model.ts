import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Command, Option } from 'commander'
import { shippedModelFolder } from '../detect/load-detection-model.ts'
import { renderReport } from '../evaluate/render.ts'
import { type Section, sectionOf } from '../evaluate/section.ts'
import { ModelFileError } from '../models/model.ts'
import type { ModelFile } from '../models/model-file.ts'
import { exportOnnx } from '../models/onnx/index.ts'
import { printable } from '../sinks/printable.ts'
import { innerKind, modelSections } from './model-text.ts'
import { addVersions } from './model-versions.ts'
import { nonEmpty } from './options.ts'
import { writeOut } from './output.ts'
import { readModel } from './read-model.ts'
import { writeWhole } from './write-whole.ts'

const FORMATS = ['table', 'markdown', 'ndjson'] as const
type Format = (typeof FORMATS)[number]

const EXAMPLES = `
Examples:
  wakeful model show my.model
  wakeful model list                          the models that ship
  wakeful model list folder --format ndjson
  wakeful model compare one.model other.model
  wakeful model export --onnx out.onnx my.model
  wakeful model shadow my.model --state state
  wakeful model promote --evidence new.csv --state state

Exit: 0 done; 64 wrong usage; 74 a file could not be read or written; 78 not a model file; 1 anything else.`

/** `wakeful model`: what model files say of themselves, side by side, and out into other runtimes. */
export function addModel(command: Command): void {
  command.description('Says what is in model files, and writes them for other runtimes.').addHelpText('after', EXAMPLES)
  withFormat(command.command('show'))
    .summary('everything a model file says of itself')
    .argument('<file>', 'model file')
    .action(async (path: string, { format }: { format: Format }) => print(modelSections(readModel(path)), format))
  withFormat(command.command('list'))
    .summary('the model files of a folder')
    .argument('[folder]', 'folder with model files; the models that ship if absent')
    .action(async (folder: string | undefined, { format }: { format: Format }) =>
      print([listSection(modelsIn(folder ?? shippedModelFolder()))], format),
    )
  withFormat(command.command('compare'))
    .summary('model files side by side')
    .argument('<file...>', 'model files')
    .action(async (paths: string[], { format }: { format: Format }) =>
      print([compareSection(paths.map((path) => ({ name: path, file: readModel(path) })))], format),
    )
  command
    .command('export')
    .summary('write a model for another runtime')
    .argument('<file>', 'model file')
    .requiredOption('--onnx <file>', 'ONNX file to write', nonEmpty)
    .action((path: string, { onnx }: { onnx: string }) => writeWhole(onnx, exportOnnx(readModel(path))))
  addVersions(command)
}

function withFormat(command: Command): Command {
  return command.addOption(new Option('--format <format>', 'how to print').choices(FORMATS).default('table'))
}

interface NamedModel {
  readonly name: string
  readonly file: ModelFile
}

async function print(sections: readonly Section[], format: Format): Promise<void> {
  await writeOut([renderReport(sections, format)])
}

function modelsIn(folder: string): NamedModel[] {
  const names = statSync(folder).isDirectory() ? readdirSync(folder).filter((name) => name.endsWith('.model')) : []
  if (names.length === 0) throw new ModelFileError(`${folder} holds no file whose name ends in .model.`)
  return names.sort().map((name) => ({ name, file: readModel(join(folder, name)) }))
}

function listSection(models: readonly NamedModel[]): Section {
  return sectionOf({ name: 'models', title: 'models', notes: [] }, models.map(summary), [
    { title: 'file', cell: ({ file }) => printable(file) },
    { title: 'kind', cell: ({ kind }) => printable(kind) },
    { title: 'features', numeric: true, cell: ({ features }) => String(features) },
    { title: 'calibration', cell: ({ calibration }) => calibration },
    { title: 'trained on', cell: ({ manifestHash }) => manifestHash.slice(0, 12) },
    { title: 'sha256', cell: ({ sha256 }) => sha256.slice(0, 12) },
  ])
}

function summary({ name, file }: NamedModel) {
  const { features, calibrator, manifestHash, sha256 = '' } = file
  return {
    ...{ file: name, kind: innerKind(file), features: features.length, calibration: calibrator?.kind ?? 'none' },
    ...{ manifestHash, sha256, metrics: file.metrics },
  }
}

/** One line a fact, one column a model: what differs is marked. */
function compareSection(models: readonly NamedModel[]): Section {
  const names = [...new Set(models.flatMap(({ file }) => Object.keys(file.metrics)))]
  const facts: readonly (readonly [string, (file: ModelFile) => string])[] = [
    ['kind', innerKind],
    ['features', ({ features }) => String(features.length)],
    ['feature names', ({ features }) => features.map(({ name }) => name).join(' ')],
    ['calibration', ({ calibrator }) => calibrator?.kind ?? 'none'],
    ['seed', ({ seed }) => String(seed)],
    ['plan', ({ plan }) => plan || 'none'],
    ['training rows (hash)', ({ manifestHash }) => manifestHash.slice(0, 12)],
    ...names.map(
      (name) =>
        [name, ({ metrics }: ModelFile) => (Object.hasOwn(metrics, name) ? String(metrics[name]) : '')] as const,
    ),
  ]
  const rows = facts.map(([what, read]) => {
    const values = models.map(({ file }) => read(file))
    return { what, same: values.every((value) => value === values[0]), values }
  })
  return sectionOf({ name: 'compare', title: 'models side by side', notes: [] }, rows, [
    { title: 'what', cell: ({ what }) => printable(what) },
    { title: '', cell: ({ same }) => (same ? '' : '!') },
    ...models.map(({ name }, i) => ({
      title: printable(name),
      cell: ({ values }: (typeof rows)[number]) => printable(values[i]),
    })),
  ])
}
