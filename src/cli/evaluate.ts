import { statSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { shippedModelFolder } from '../detect/load-detection-model.ts'
import { SPLITS, type SplitName } from '../evaluate/learned/evaluate-learned.ts'
import { evaluationReport } from '../evaluate/learned/html/evaluation-report.ts'
import type { LearnedEvaluation } from '../evaluate/learned/judged.ts'
import { learnedSections } from '../evaluate/learned/learned-sections.ts'
import { FORMATS, type Format, renderReport } from '../evaluate/render.ts'
import { jsonLine } from '../sinks/ndjson.ts'
import { PACKET_NETS, type PacketNet } from '../training/train-packet-net.ts'
import { evaluateDetection } from './evaluate-detection.ts'
import { compareLearners, evaluateModelFile, UNITS, type UnitName } from './evaluate-learned.ts'
import { EXIT, ExitError } from './exit.ts'
import { nonEmpty } from './options.ts'
import { writeOut } from './output.ts'
import { packageVersion } from './package-version.ts'
import { addPlanOptions, LEARNERS, type PlanOptions } from './plan-options.ts'
import { addStreamOptions, STREAM_ONLY, type StreamOptions } from './stream-options.ts'
import { tellStream } from './tell-stream.ts'
import { writeWhole } from './write-whole.ts'

interface EvaluateOptions extends PlanOptions, Omit<StreamOptions, 'stream'> {
  readonly stream?: readonly string[]
  readonly manifest?: readonly string[]
  readonly split: 'train' | 'dev' | 'all'
  readonly scan?: true
  readonly evasion?: true
  readonly drift?: true
  readonly contest?: true
  readonly model?: string
  readonly models?: readonly string[]
  readonly splitBy?: SplitName
  readonly unit?: UnitName
  readonly leaveOut?: 'tool' | 'network'
  readonly trainAlso?: readonly string[]
  readonly fusion?: true
  readonly packets?: PacketNet
  readonly flows?: true
  readonly format: Format | 'json'
  readonly html?: string
}

const NOTHING_ASKED =
  'Say what to evaluate: --scan measures whole scans, --evasion tunnels made harder to find, --contest other detectors beside ours, --fusion each detector and the fused score, --model FILE a model of your own, --models several that are trained here, --stream models that go on learning'
const USAGE = { exitCode: EXIT.usage }
const NO_MANIFEST = "required option '--manifest <file...>' not specified"

const WHOLE_SCANS_HAVE_NO = {
  html: 'A report for a browser is made of learned models: leave out --html, or name a model file with --model or several with --models',
  json: 'Whole scans are told in many tables, not in one object: --format ndjson',
}

const EXAMPLES = `
Examples:
  wakeful evaluate --scan --manifest lab/MANIFEST.csv public/MANIFEST.csv --split dev
  wakeful evaluate --scan --leave-out tool --manifest lab/MANIFEST.csv public/MANIFEST.csv
  wakeful evaluate --scan --leave-out tool --manifest lab/MANIFEST.csv --train-also generated/*/MANIFEST.csv
  wakeful evaluate --evasion --split dev --manifest lab/MANIFEST.csv
  wakeful evaluate --contest --manifest lab/MANIFEST.csv public/MANIFEST.csv
  wakeful evaluate --fusion --packets dense --manifest lab/MANIFEST.csv public/MANIFEST.csv
  wakeful evaluate --unit flow --manifest lab/MANIFEST.csv seeds/MANIFEST.csv --html report.html
  wakeful evaluate --drift --manifest lab/MANIFEST.csv public/MANIFEST.csv
  wakeful evaluate --manifest lab/MANIFEST.csv public/MANIFEST.csv --model my.model --leave-out tool
  wakeful evaluate --manifest Kafka_dataset.csv --models logistic forest boosting --html report.html
  wakeful evaluate --stream Kafka_dataset.csv --order shuffled --dynamic adaptive-forest --html report.html
  wakeful evaluate --stream public/MANIFEST.csv --static my.model --dynamic adaptive-forest logistic-ftrl \\
    --window 1000 --label-delay 1h --label-budget 1% --html report.html --csv windows.csv
  wakeful evaluate --stream kafka://localhost:9092/ml-raw-dns --static boosting --dynamic hoeffding-adaptive-tree
  wakeful evaluate --stream Kafka_dataset.csv --original

Exit: 0 done; 64 wrong usage; 65 no labelled rows; 74 a file could not be read or written; 78 wrong configuration;
1 anything else.`

/** `wakeful evaluate`: whole scans, or learned models, measured on labelled traffic. */
export function addEvaluate(command: Command): void {
  const verb = addPlanOptions(command)
  // A file says itself how it is made, and whole scans are made in one way only.
  for (const option of verb.options) option.conflicts(['scan', 'evasion', 'contest', 'drift', 'fusion', 'model'])
  verb
    .description(
      'Measures on the files of manifests. With --scan whole scans: every file is an observation of its own, as in `wakeful scan --each`, and its alerts are judged by the labels, beside a plain counter of unique prefix octets. With --evasion what an attacker gains who knows how detection works. With --contest our detectors beside published ones. With --drift what adapting is worth. With --fusion how well each detector ranks domains, and the score that is fused from them. With --model FILE a model made by wakeful train --model, on the rows that did not train it, beside the same plan trained without each tool and network. With --models several models, trained and judged on splits made here. With --stream models that go on learning against models that do not: each row is scored first, and its label comes late, if ever.',
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
      new Option(
        '--fusion',
        'measure each detector and the fused score, each tool left out in turn (some minutes)',
      ).conflicts([...['scan', 'evasion', 'contest', 'drift', 'leaveOut', 'split', 'model']]),
    )
    .option('--flows', 'of --fusion: with the shape of flows beside them')
    .addOption(new Option('--packets <net>', 'of --fusion: with a net over octets beside them').choices(PACKET_NETS))
    .addOption(
      new Option('--models <models...>', 'train these and judge them on one split')
        .choices(LEARNERS)
        .conflicts(['scan', 'evasion', 'model', 'leaveOut']),
    )
    .addOption(
      new Option(
        '--unit <unit>',
        'of models: what a row is (a query, a packet, a flow, a talk of a client with a domain); also trains without each tool and network',
      )
        .choices(Object.keys(UNITS))
        .conflicts(['scan', 'evasion', 'contest', 'drift', 'fusion', 'model', 'kind']),
    )
    .addOption(
      new Option('--split-by <what>', 'of --models: deal out rows, or whole groups; both if absent').choices(SPLITS),
    )
    .option('--manifest <file...>', 'MANIFEST.csv files; of models also tables with labels')
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
    .option(
      '--train-also <file...>',
      'of whole scans without a tool: MANIFEST.csv files that train those models too, and are not measured',
    )
  addStreamOptions(verb)
    .addHelpText('after', EXAMPLES)
    .action(async (options: EvaluateOptions, command: Command) => {
      const { format, html, stream, manifest } = options
      if (stream) return await tellStream({ ...options, stream })
      const only = STREAM_ONLY.find((name) => options[name] !== undefined)
      if (only) command.error(`${longOf(verb, only)} is of models on a stream: name it with --stream`, USAGE)
      if (!manifest) return command.error(NO_MANIFEST, USAGE)
      const learned = await learnedEvaluation({ ...options, manifest })
      if (learned) {
        await writeOut([format === 'json' ? jsonLine(learned) : renderReport(learnedSections(learned), format)])
        if (html !== undefined) writeWhole(html, evaluationReport(learned, `wakeful ${packageVersion()}`))
        return
      }
      const { split, scan, evasion, drift, contest, fusion, packets, flows, leaveOut, trainAlso } = options
      const { model = shippedModelFolder() } = options
      if (!scan && !evasion && !drift && !contest && !fusion) command.error(NOTHING_ASKED, USAGE)
      if (trainAlso && !leaveOut) command.error('--train-also is of models trained anew: add --leave-out tool', USAGE)
      if (packets && !fusion) command.error('--packets is of models trained anew: add --fusion', USAGE)
      if (flows && !fusion) command.error('--flows is of the fused score: add --fusion', USAGE)
      if (leaveOut === 'network') {
        command.error('Whole scans leave out tools only: --leave-out tool', USAGE)
      }
      if (html !== undefined) command.error(WHOLE_SCANS_HAVE_NO.html, USAGE)
      if (format === 'json') command.error(WHOLE_SCANS_HAVE_NO.json, USAGE)
      const kind = {
        ...(leaveOut ? { leaveOut } : {}),
        ...(trainAlso ? { trainAlso } : {}),
        ...(evasion ? { evasion } : {}),
        ...(contest ? { contest } : {}),
        ...(drift ? { drift } : {}),
        ...(fusion ? { fusion } : {}),
        ...(packets ? { packets } : {}),
        ...(flows ? { flows } : {}),
      }
      const chosen = { manifest, split, model, ...kind }
      await writeOut([renderReport(await evaluateDetection(chosen), format)])
    })
}

/** An option as it is written. */
function longOf({ options }: Command, name: string): string {
  return options.find((option) => option.attributeName() === name)?.long ?? name
}

/** What was asked of learned models, if anything was: a model in a file, or several by name. */
async function learnedEvaluation(
  options: EvaluateOptions & { readonly manifest: readonly string[] },
): Promise<LearnedEvaluation | undefined> {
  const { model, models, scan, evasion, contest, drift, fusion } = options
  const unit = options.unit && UNITS[options.unit]
  if (unit) return await compareLearners(models ?? unit.models, { ...options, kind: unit.kind })
  if (models) return await compareLearners(models, options)
  if (model === undefined || scan || evasion || contest || drift || fusion) return undefined
  if (statSync(model, { throwIfNoEntry: false })?.isDirectory()) {
    throw new ExitError(EXIT.usage, `${model} is a folder of detection models: add --scan, or name one model file.`)
  }
  return await evaluateModelFile(model, options)
}
