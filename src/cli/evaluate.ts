import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Command, Option } from 'commander'
import { loadDetectionModel, shippedModelFolder } from '../detect/load-detection-model.ts'
import { evaluateScan, type Progress, scanSections } from '../evaluate/evaluate-scan.ts'
import { leaveOutTools, type TrainWithout } from '../evaluate/leave-out.ts'
import { leaveOutSections } from '../evaluate/leave-out-sections.ts'
import { ManifestError, readManifest } from '../evaluate/manifest.ts'
import { FORMATS, type Format, renderReport } from '../evaluate/render.ts'
import type { Section } from '../evaluate/section.ts'
import { trainDetection } from '../training/train-detection.ts'
import { EXIT, ExitError } from './exit.ts'
import { nonEmpty } from './options.ts'
import { writeOut } from './output.ts'

/** Seed of models trained without a tool: that of the shipped ones. */
const SEED = 1
/** Back to the start of the line, and wipe it. */
const WIPE = '\r\u001b[K'

interface EvaluateOptions {
  readonly manifest: readonly string[]
  readonly split: 'train' | 'dev' | 'all'
  readonly model: string
  readonly leaveOut?: 'tool'
}

/** `wakeful evaluate`: detection measured on labelled traffic. `--scan` is the first of its modes. */
export function addEvaluate(program: Command): void {
  program
    .command('evaluate')
    .summary('measure detection on labelled traffic')
    .description(
      'Measures detection on the files of manifests. With --scan it measures whole scans: every file is an observation of its own, as in `wakeful scan --each`, and its alerts are judged by the labels, beside a plain counter of unique prefix octets.',
    )
    .option('--scan', 'measure whole scans: alerts, delays, false alarms and margins')
    .requiredOption('--manifest <file...>', 'MANIFEST.csv files')
    .addOption(new Option('--split <split>', 'rows to measure').choices(['train', 'dev', 'all']).default('all'))
    .addOption(new Option('--format <format>', 'how to print').choices(FORMATS).default('table'))
    .option('--model <folder>', 'model folder made by wakeful train, instead of the one that ships', nonEmpty)
    .addOption(
      new Option(
        '--leave-out <what>',
        'train again without each tool in turn (about half a minute a tool) and measure its captures only',
      ).choices(['tool']),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  wakeful evaluate --scan --manifest lab/MANIFEST.csv public/MANIFEST.csv --split dev\n  wakeful evaluate --scan --leave-out tool --manifest lab/MANIFEST.csv public/MANIFEST.csv',
    )
    .action(async (options: Partial<EvaluateOptions> & { scan?: true; format: Format }, command: Command) => {
      if (!options.scan) command.error('Say what to evaluate: --scan measures whole scans', { exitCode: EXIT.usage })
      const { manifest = [], split = 'all', model = shippedModelFolder(), leaveOut } = options
      const sections = await reportScan({ manifest, split, model, ...(leaveOut ? { leaveOut } : {}) }, showProgress)
      await writeOut([renderReport(sections, options.format)])
    })
}

async function reportScan(options: EvaluateOptions, onProgress: Progress): Promise<Section[]> {
  const { manifest, split, leaveOut } = options
  try {
    const all = manifest.flatMap((path) => readManifest(path))
    const rows = all.filter((row) => split === 'all' || row.split === split)
    const model = loadDetectionModel(options.model)
    if (leaveOut === undefined) return scanSections(await evaluateScan(rows, model, onProgress))
    return leaveOutSections(await leaveOutTools(rows, model, trainWithout(manifest), onProgress))
  } catch (error) {
    if (error instanceof ManifestError) throw new ExitError(EXIT.nothingRead, error.message, { cause: error })
    throw error
  } finally {
    if (process.stderr.isTTY) process.stderr.write(WIPE)
  }
}

/** Trains from all train rows of the manifests but a tool's, in a folder that is gone afterwards. */
export function trainWithout(manifests: readonly string[]): TrainWithout {
  return async (tool) => {
    const out = mkdtempSync(join(tmpdir(), 'wakeful-without-'))
    try {
      return await trainDetection({ manifests, out, seed: SEED, leaveOut: tool, log: () => {} })
    } finally {
      rmSync(out, { recursive: true, force: true })
    }
  }
}

const showProgress: Progress = (done, of, what) => {
  if (process.stderr.isTTY) process.stderr.write(`${WIPE}${done + 1}/${of} ${what}`)
}
