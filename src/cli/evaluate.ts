import { statSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { shippedModelFolder } from '../detect/load-detection-model.ts'
import { SPLITS, type SplitName } from '../evaluate/learned/evaluate-learned.ts'
import { evaluationReport } from '../evaluate/learned/html/evaluation-report.ts'
import type { LearnedEvaluation } from '../evaluate/learned/judged.ts'
import { learnedSections } from '../evaluate/learned/learned-sections.ts'
import { FORMATS, type Format, renderReport } from '../evaluate/render.ts'
import { jsonLine } from '../sinks/ndjson.ts'
import { evaluateDetection } from './evaluate-detection.ts'
import { compareLearners, evaluateModelFile } from './evaluate-learned.ts'
import { EXIT, ExitError } from './exit.ts'
import { nonEmpty } from './options.ts'
import { writeOut } from './output.ts'
import { packageVersion } from './package-version.ts'
import { addPlanOptions, LEARNERS, type PlanOptions } from './plan-options.ts'
import { writeWhole } from './write-whole.ts'

interface EvaluateOptions extends PlanOptions {
  readonly manifest: readonly string[]
  readonly split: 'train' | 'dev' | 'all'
  readonly scan?: true
  readonly evasion?: true
  readonly drift?: true
  readonly contest?: true
  readonly model?: string
  readonly models?: readonly string[]
  readonly splitBy?: SplitName
  readonly leaveOut?: 'tool' | 'network'
  readonly format: Format | 'json'
  readonly html?: string
}

const NOTHING_ASKED =
  'Say what to evaluate: --scan measures whole scans, --evasion tunnels made harder to find, --contest other detectors beside ours, --model FILE a model of your own, --models several that are trained here'

const WHOLE_SCANS_HAVE_NO = {
  html: 'A report for a browser is made of learned models: leave out --html, or name a model file with --model or several with --models',
  json: 'Whole scans are told in many tables, not in one object: --format ndjson',
}

const EXAMPLES = `
Examples:
  wakeful evaluate --scan --manifest lab/MANIFEST.csv public/MANIFEST.csv --split dev
  wakeful evaluate --scan --leave-out tool --manifest lab/MANIFEST.csv public/MANIFEST.csv
  wakeful evaluate --evasion --split dev --manifest lab/MANIFEST.csv
  wakeful evaluate --contest --manifest lab/MANIFEST.csv public/MANIFEST.csv
  wakeful evaluate --drift --manifest lab/MANIFEST.csv public/MANIFEST.csv
  wakeful evaluate --manifest lab/MANIFEST.csv public/MANIFEST.csv --model my.model --leave-out tool
  wakeful evaluate --manifest Kafka_dataset.csv --models logistic forest boosting --html report.html

Exit: 0 done; 64 wrong usage; 65 no labelled rows; 74 a file could not be read or written; 78 wrong configuration;
1 anything else.`

/** `wakeful evaluate`: whole scans, or learned models, measured on labelled traffic. */
export function addEvaluate(command: Command): void {
  const verb = addPlanOptions(command)
  // A file says itself how it is made, and whole scans are made in one way only.
  for (const option of verb.options) option.conflicts(['scan', 'evasion', 'contest', 'drift', 'model'])
  verb
    .description(
      'Measures on the files of manifests. With --scan whole scans: every file is an observation of its own, as in `wakeful scan --each`, and its alerts are judged by the labels, beside a plain counter of unique prefix octets. With --evasion what an attacker gains who knows how detection works. With --contest our detectors beside published ones. With --drift what adapting is worth. With --model FILE a model made by wakeful train --model, on the rows that did not train it, beside the same plan trained without each tool and network. With --models several models, trained and judged on splits made here.',
    )
    .option('--scan', 'measure whole scans: alerts, delays, false alarms and margins')
    .addOption(
      new Option('--evasion', 'measure tunnels made harder to find (about a minute)').conflicts(['scan', 'leaveOut']),
    )
    .addOption(
      new Option('--drift', 'measure what adapting is worth when traffic changes (some minutes)').conflicts([
        ...['scan', 'evasion', 'contest', 'leaveOut', 'split'],
      ]),
    )
    .addOption(
      new Option('--contest', 'hold the detectors against published ones on the same rows (some minutes)').conflicts([
        ...['scan', 'evasion', 'leaveOut', 'split'],
      ]),
    )
    .addOption(
      new Option('--models <models...>', 'train these and judge them on one split')
        .choices(LEARNERS)
        .conflicts(['scan', 'evasion', 'model', 'leaveOut']),
    )
    .addOption(
      new Option('--split-by <what>', 'of --models: deal out rows, or whole groups; both if absent').choices(SPLITS),
    )
    .requiredOption('--manifest <file...>', 'MANIFEST.csv files; of models also tables with labels')
    .addOption(
      new Option('--split <split>', 'of whole scans: rows to measure').choices(['train', 'dev', 'all']).default('all'),
    )
    .addOption(new Option('--format <format>', 'how to print').choices([...FORMATS, 'json']).default('table'))
    .option('--html <file>', 'of models: write a report for a browser: one file, opens offline', nonEmpty)
    .option('--model <path>', 'folder made by wakeful train, or file made by wakeful train --model', nonEmpty)
    .addOption(
      new Option(
        '--leave-out <what>',
        'train again without each in turn; of whole scans tools only (about half a minute a tool)',
      ).choices(['tool', 'network']),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (options: EvaluateOptions, command: Command) => {
      const { format, html } = options
      const learned = await learnedEvaluation(options)
      if (learned) {
        await writeOut([format === 'json' ? jsonLine(learned) : renderReport(learnedSections(learned), format)])
        if (html !== undefined) writeWhole(html, evaluationReport(learned, `wakeful ${packageVersion()}`))
        return
      }
      const { manifest, split, scan, evasion, drift, contest, leaveOut, model = shippedModelFolder() } = options
      if (!scan && !evasion && !drift && !contest) command.error(NOTHING_ASKED, { exitCode: EXIT.usage })
      if (leaveOut === 'network') {
        command.error('Whole scans leave out tools only: --leave-out tool', { exitCode: EXIT.usage })
      }
      if (html !== undefined) command.error(WHOLE_SCANS_HAVE_NO.html, { exitCode: EXIT.usage })
      if (format === 'json') command.error(WHOLE_SCANS_HAVE_NO.json, { exitCode: EXIT.usage })
      const kind = {
        ...(leaveOut ? { leaveOut } : {}),
        ...(evasion ? { evasion } : {}),
        ...(contest ? { contest } : {}),
        ...(drift ? { drift } : {}),
      }
      const chosen = { manifest, split, model, ...kind }
      await writeOut([renderReport(await evaluateDetection(chosen), format)])
    })
}

/** What was asked of learned models, if anything was: a model in a file, or several by name. */
async function learnedEvaluation(options: EvaluateOptions): Promise<LearnedEvaluation | undefined> {
  const { model, models, scan, evasion, contest, drift } = options
  if (models) return await compareLearners(models, options)
  if (model === undefined || scan || evasion || contest || drift) return undefined
  if (statSync(model, { throwIfNoEntry: false })?.isDirectory()) {
    throw new ExitError(EXIT.usage, `${model} is a folder of detection models: add --scan, or name one model file.`)
  }
  return await evaluateModelFile(model, options)
}
