import { type Command, Option } from 'commander'
import { loadDetectionModel, shippedModelFolder } from '../detect/load-detection-model.ts'
import { runContest } from '../evaluate/contest/contest.ts'
import { contestSections } from '../evaluate/contest/contest-sections.ts'
import { evaluateScan, type Progress, scanSections } from '../evaluate/evaluate-scan.ts'
import { evaluateEvasion } from '../evaluate/evasion.ts'
import { evasionSections } from '../evaluate/evasion-sections.ts'
import { leaveOutTools, type TrainWithout } from '../evaluate/leave-out.ts'
import { leaveOutSections } from '../evaluate/leave-out-sections.ts'
import { ManifestError, readManifest } from '../evaluate/manifest.ts'
import { FORMATS, type Format, renderReport } from '../evaluate/render.ts'
import type { Section } from '../evaluate/section.ts'
import { contestTrainers, trainLeaving } from './contest-trainers.ts'
import { EXIT, ExitError } from './exit.ts'
import { nonEmpty } from './options.ts'
import { writeOut } from './output.ts'

/** Back to the start of the line, and wipe it. */
const WIPE = '\r\u001b[K'

interface EvaluateOptions {
  readonly manifest: readonly string[]
  readonly split: 'train' | 'dev' | 'all'
  readonly model: string
  readonly leaveOut?: 'tool'
  readonly evasion?: true
  readonly contest?: true
}

/** `wakeful evaluate`: detection measured on labelled traffic, as it is (`--scan`) or made hard to find (`--evasion`). */
export function addEvaluate(program: Command): void {
  program
    .command('evaluate')
    .summary('measure detection on labelled traffic')
    .description(
      'Measures detection on the files of manifests. With --scan it measures whole scans: every file is an observation of its own, as in `wakeful scan --each`, and its alerts are judged by the labels, beside a plain counter of unique prefix octets. With --evasion it measures what an attacker gains who knows how detection works: the tunnels of the captures asked in other ways, every encoding of the lab, and a slow leak. With --contest it holds our detectors against published ones on all rows, each trained without the tool or the network it is judged on, at the same number of false domains.',
    )
    .option('--scan', 'measure whole scans: alerts, delays, false alarms and margins')
    .addOption(
      new Option('--evasion', 'measure tunnels made harder to find (about a minute)').conflicts(['scan', 'leaveOut']),
    )
    .addOption(
      new Option('--contest', 'hold the detectors against published ones on the same rows (some minutes)').conflicts([
        ...['scan', 'evasion', 'leaveOut', 'split'],
      ]),
    )
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
      '\nExamples:\n  wakeful evaluate --scan --manifest lab/MANIFEST.csv public/MANIFEST.csv --split dev\n  wakeful evaluate --scan --leave-out tool --manifest lab/MANIFEST.csv public/MANIFEST.csv\n  wakeful evaluate --evasion --split dev --manifest lab/MANIFEST.csv\n  wakeful evaluate --contest --manifest lab/MANIFEST.csv public/MANIFEST.csv',
    )
    .action(async (options: Partial<EvaluateOptions> & { scan?: true; format: Format }, command: Command) => {
      const { manifest = [], split = 'all', model = shippedModelFolder(), leaveOut, evasion, contest } = options
      if (!options.scan && !evasion && !contest) {
        const sentence =
          'Say what to evaluate: --scan measures whole scans, --evasion tunnels made harder to find, --contest other detectors beside ours'
        command.error(sentence, { exitCode: EXIT.usage })
      }
      const kind = {
        ...(leaveOut ? { leaveOut } : {}),
        ...(evasion ? { evasion } : {}),
        ...(contest ? { contest } : {}),
      }
      const chosen = { manifest, split, model, ...kind }
      const sections = await report(chosen, showProgress)
      await writeOut([renderReport(sections, options.format)])
    })
}

async function report(options: EvaluateOptions, onProgress: Progress): Promise<Section[]> {
  const { manifest, split, leaveOut } = options
  try {
    const all = manifest.flatMap((path) => readManifest(path))
    const rows = all.filter((row) => split === 'all' || row.split === split)
    const model = loadDetectionModel(options.model)
    if (options.evasion) {
      // Only here: no other verb should wait for the lab.
      const lab = await import('../lab/evasion/index.ts')
      return evasionSections(await evaluateEvasion(rows, model, lab, onProgress))
    }
    if (options.contest) return contestSections(await runContest(rows, model, contestTrainers(manifest), onProgress))
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
  return (tool) => trainLeaving(manifests, { tool })
}

const showProgress: Progress = (done, of, what) => {
  if (process.stderr.isTTY) process.stderr.write(`${WIPE}${done + 1}/${of} ${what}`)
}
