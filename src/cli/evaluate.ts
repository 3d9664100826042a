import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Command, Option } from 'commander'
import type { DetectionModel } from '../detect/detection-model.ts'
import { loadDetectionModel, shippedModelFolder } from '../detect/load-detection-model.ts'
import { evaluateScan, type Progress, scanSections } from '../evaluate/evaluate-scan.ts'
import { leaveOutTools } from '../evaluate/leave-out.ts'
import { leaveOutSections } from '../evaluate/leave-out-sections.ts'
import { readManifest } from '../evaluate/manifest.ts'
import { FORMATS, type Format, renderReport } from '../evaluate/render.ts'
import type { Section } from '../evaluate/section.ts'
import { trainDetection } from '../training/train-detection.ts'

/** Seed of models trained without a tool: that of the shipped ones. */
const SEED = 1
/** Back to the start of the line, and wipe it. */
const WIPE = '\r\u001b[K'

/** What `wakeful evaluate --scan` is asked for. */
export interface EvaluateOptions {
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
    .option('--model <folder>', 'model folder, the shipped one by default')
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
      if (!options.scan) command.error('Say what to evaluate: --scan measures whole scans.', { exitCode: 64 })
      const { manifest = [], split = 'all', model = shippedModelFolder(), leaveOut } = options
      const asked = { manifest, split, model, ...(leaveOut === undefined ? {} : { leaveOut }) }
      const sections = await reportScan(asked, process.stderr.isTTY ? showProgress : () => {})
      if (process.stderr.isTTY) process.stderr.write(WIPE)
      process.stdout.write(renderReport(sections, options.format))
    })
}

/** The report of `wakeful evaluate --scan`. */
export async function reportScan(options: EvaluateOptions, onProgress: Progress): Promise<Section[]> {
  const { manifest, split } = options
  const rows = manifest.flatMap((path) => readManifest(path)).filter((row) => split === 'all' || row.split === split)
  const model = loadDetectionModel(options.model)
  if (options.leaveOut === undefined) return scanSections(await evaluateScan(rows, model, onProgress))
  const trainWithout = (tool: string) => trainInTemporaryFolder(tool, manifest)
  return leaveOutSections(await leaveOutTools(rows, model, trainWithout, onProgress), model.version)
}

async function trainInTemporaryFolder(tool: string, manifests: readonly string[]): Promise<DetectionModel> {
  const out = mkdtempSync(join(tmpdir(), 'wakeful-without-'))
  try {
    return await trainDetection({ manifests, out, seed: SEED, leaveOut: tool, log: () => {} })
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}

const showProgress: Progress = (done, of, what) => {
  process.stderr.write(`${WIPE}${done + 1}/${of} ${what}`)
}
