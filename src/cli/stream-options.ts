import { type Command, Option } from 'commander'
import { ORDERS, type Order } from '../evaluate/prequential/table-stream.ts'
import { LEARNER_NAMES, type LearnerName } from '../models/online/index.ts'
import { nonEmpty } from './options.ts'
import { countNumber, wholeNumber } from './plan-options.ts'
import { durationMs, positiveNumber, properShare, share } from './quantities.ts'

/** What `evaluate --stream` understands besides the options of all models. */
export interface StreamOptions {
  readonly stream: readonly string[]
  readonly original?: true
  readonly static?: readonly string[]
  readonly dynamic?: readonly LearnerName[]
  readonly upperBound?: true
  readonly warmup?: number
  readonly window: number
  readonly labelDelay: number
  readonly labelBudget: number
  readonly alertBudget?: number
  readonly fpr: number
  readonly order?: Order
  readonly rate: number
  readonly csv?: string
}

/** Options that mean nothing without `--stream`, as they stand on a command line. */
export const STREAM_ONLY = ['original', 'static', 'dynamic', 'upperBound', 'csv', 'order', 'warmup'] as const

/** Of everything else that is evaluated. */
const OTHERS = ['scan', 'evasion', 'contest', 'drift', 'model', 'models', 'leaveOut', 'splitBy', 'manifest']

/** Adds {@link StreamOptions} to a verb. */
export function addStreamOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--stream <input...>',
        'models that go on learning, against models that do not: a table with labels, manifests, or kafka://HOST:PORT/TOPIC read to its end',
      ).conflicts(OTHERS),
    )
    .addOption(
      new Option('--static <model...>', 'of --stream: model files, or names of models to train on the warm-up'),
    )
    .addOption(new Option('--dynamic <learner...>', 'of --stream: learners that go on').choices(LEARNER_NAMES))
    .option('--upper-bound', 'of --stream: beside each learner, the same with every label at once')
    .addOption(
      new Option('--original', 'of --stream: the experiment of the original system on its own table').conflicts([
        ...['static', 'dynamic', 'upperBound', 'labelDelay', 'labelBudget', 'alertBudget', 'order', 'rate', 'window'],
      ]),
    )
    .option('--warmup <rows>', 'of --stream: rows that all begin with (10000; of --original 41949)', wholeNumber)
    .option('--window <rows>', 'of --stream: rows of a window', countNumber, 1000)
    .option('--label-delay <time>', 'of --stream: how long after its row a label comes', durationMs, 3_600_000)
    .option('--label-budget <share>', 'of --stream: rows somebody is asked about', share, 0.01)
    .option(
      '--alert-budget <share>',
      'of --stream: rows a static model may flag when its line is redrawn daily (as many as in the warm-up)',
      properShare,
    )
    .option('--fpr <share>', 'of --stream: false-alarm rate at which recall is told', properShare, 0.01)
    .addOption(
      new Option('--order <order>', 'of --stream: how rows follow (time of captures and logs, else file)').choices(
        ORDERS,
      ),
    )
    .option('--rate <n>', 'of --stream: rows a second, where they are not in order of time', positiveNumber, 1)
    .option('--csv <file>', 'of --stream: write every figure, a line a window and arm', nonEmpty)
}
