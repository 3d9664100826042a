import { type Section, sectionOf } from '../../section.ts'
import { PREQUENTIAL_DEFAULTS } from '../prequential.ts'
import { type PrequentialResult, resultOf, type StreamEvaluation } from '../result.ts'
import { streamSections } from '../stream-sections.ts'
import {
  ACCURACY_MIN,
  dynamicName,
  EAGER_MIN,
  mainArms,
  type OriginalExperiment,
  type OriginalRun,
  STABLE,
  saltName,
  staticName,
  WINDOW_ROWS,
} from './original-experiment.ts'

import { THEIR_FIGURES } from './their-figures.ts'

const share = (value: number) => (Number.isNaN(value) ? '-' : value.toFixed(4))
const points = (value: number) => `${value < 0 ? '' : '+'}${(100 * value).toFixed(1)}`
const whole = (value: number | null) => (value === null ? '-' : value.toLocaleString('en-US'))

/** Falls of the static model that are counted, as shares of all rows. */
const FALLS = [0.01, 0.05, 0.1, 0.2]

/**
 * The experiment as reports are made of it: theirs beside ours, what salts do, what the order of the file does, and the
 * shuffled run as an evaluation like any other. Of the salts met, charts and tables of that run have one; `whole` has all.
 */
export function originalReport(experiment: OriginalExperiment): {
  readonly sections: readonly Section[]
  readonly whole: StreamEvaluation
  readonly charted: StreamEvaluation
} {
  const whole = originalEvaluation(experiment)
  const charted = { ...whole, result: resultOf(whole.result, mainArms(experiment)) }
  return { sections: [...originalSections(experiment), ...streamSections(charted)], whole, charted }
}

function originalEvaluation({ runs, trainRows, seed, scan }: OriginalExperiment): StreamEvaluation {
  return {
    title: 'the original experiment on its own table',
    facts: [
      ['rows that train the static model', whole(trainRows)],
      ['order', 'shuffled'],
      ['window', `${whole(WINDOW_ROWS)} rows`],
      ['labels', 'every one, at once, as the original had them'],
      ['salt in training', whole(scan.worstTrainSalt)],
      ['seed', String(seed)],
    ],
    result: runs[0].result,
    limit: PREQUENTIAL_DEFAULTS.limit,
  }
}

function originalSections(experiment: OriginalExperiment): Section[] {
  return [comparedSection(experiment), saltSection(experiment), orderSection(experiment.runs)]
}

interface Compared {
  readonly who: string
  readonly encoding: string
  readonly measure: 'accuracy' | 'F1'
  readonly windows: number | null
  readonly staticMean: number
  readonly dynamicMean: number
  readonly refits: number | null
}

function comparedSection({ runs, scan, testSalts }: OriginalExperiment): Section {
  const { result } = runs[0]
  const ours = (encoding: string, told: string, measure: Compared['measure'], accuracyMin = ACCURACY_MIN): Compared => {
    const dynamic = dynamicName(encoding, accuracyMin)
    return {
      who: accuracyMin === ACCURACY_MIN ? 'here' : `here, fitted again below ${accuracyMin}`,
      encoding: told,
      measure,
      windows: result.windows.length,
      staticMean: windowMean(result, staticName(encoding), measure),
      dynamicMean: windowMean(result, dynamic, measure),
      refits: result.arms.find(({ name }) => name === dynamic)!.drifts,
    }
  }
  const rows: Compared[] = [
    ...THEIR_FIGURES.map((theirs) => ({ ...theirs, who: `theirs: ${theirs.who}` })),
    ours(STABLE, STABLE, 'accuracy'),
    ours(STABLE, STABLE, 'F1'),
    ours(STABLE, STABLE, 'accuracy', EAGER_MIN),
    ...testSalts.map((salt) => ours(saltName(salt), `salt ${scan.worstTrainSalt}, then ${salt}`, 'accuracy')),
  ]
  return sectionOf(
    {
      name: 'original',
      title: 'The original experiment, theirs and ours',
      notes: [
        `Means over windows of 1,000 rows. Theirs are what public notebooks of the same course work print; their streams (268,064 rows) are not to be had. Ours: logistic regression, and the original's policy of fitting again on each window whose accuracy was below ${ACCURACY_MIN}, on the part of that stream that could be recovered, its rows shuffled. Salted: the two texts are numbered by a hash whose salt changes between training and the stream, as Python's hash() does between two processes.`,
      ],
    },
    rows,
    [
      { title: 'who', cell: ({ who }) => who },
      { title: 'texts as numbers', cell: ({ encoding }) => encoding },
      { title: 'measure', cell: ({ measure }) => measure },
      { title: 'windows', numeric: true, cell: ({ windows }) => whole(windows) },
      { title: 'static', numeric: true, cell: ({ staticMean }) => share(staticMean) },
      { title: 'dynamic', numeric: true, cell: ({ dynamicMean }) => share(dynamicMean) },
      { title: 'points', numeric: true, cell: (row) => points(row.dynamicMean - row.staticMean) },
      { title: 'refits', numeric: true, cell: ({ refits }) => whole(refits) },
    ],
  )
}

/** Mean over windows of an arm's figure, as the originals took it. */
export function windowMean({ arms, windows }: PrequentialResult, name: string, measure: Compared['measure']): number {
  const arm = arms.findIndex((one) => one.name === name)
  const values = windows.map((window) => window.arms[arm].window[measure === 'F1' ? 'f1' : 'accuracy'])
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function saltSection({ scan, runs }: OriginalExperiment): Section {
  const { result } = runs[0]
  const bar = result.arms.find(({ name }) => name === staticName(STABLE))!.figures.accuracy
  const lowest = Math.min(...scan.pairs.map(({ accuracy }) => accuracy))
  const rows = [
    { what: 'pairs of salts', value: whole(scan.pairs.length) },
    ...FALLS.map((fall) => ({
      what: `static model falls by more than ${100 * fall} points`,
      value: whole(scan.pairs.filter(({ accuracy }) => accuracy < bar - fall).length),
    })),
    { what: 'lowest accuracy of a static model', value: share(lowest) },
    { what: 'training salt of the rows above', value: whole(scan.worstTrainSalt) },
  ]
  return sectionOf(
    {
      name: 'salts',
      title: 'What a salt does to a static model',
      notes: [
        'Whether another salt hurts is luck: it takes a training salt under which the fit leans on the numbers of the texts. The rows above are of the training salt that lost most, with every salt it was met by.',
      ],
    },
    rows,
    [
      { title: 'what', cell: ({ what }) => what },
      { title: 'value', numeric: true, cell: ({ value }) => value },
    ],
  )
}

const ORDERS: Readonly<Record<OriginalRun['order'], string>> = {
  shuffled: 'shuffled',
  file: 'order of the file',
  'file, trained on a sample': 'order of the file, trained on rows drawn from all of it',
}

function orderSection(runs: readonly OriginalRun[]): Section {
  const rows = runs.flatMap(({ order, result }) =>
    result.arms
      .filter(({ name }) => !name.includes('salt '))
      .map(({ name, figures, drifts }) => ({ order: ORDERS[order], arm: name, ...figures, refits: drifts })),
  )
  return sectionOf(
    {
      name: 'orders',
      title: 'The same rows in the order of the file',
      notes: [
        'The file is sorted by label, attack first. Its first rows are of one class, which no model can be learned from, and repeating the last label is right all but once: in this order accuracy says nothing of detection, and a policy seems to gain by following the class.',
      ],
    },
    rows,
    [
      { title: 'order', cell: ({ order }) => order },
      { title: 'arm', cell: ({ arm }) => arm },
      { title: 'accuracy', numeric: true, cell: ({ accuracy }) => share(accuracy) },
      { title: 'balanced', numeric: true, cell: ({ balancedAccuracy }) => share(balancedAccuracy) },
      { title: 'F1', numeric: true, cell: ({ f1 }) => share(f1) },
      { title: 'kappa', numeric: true, cell: ({ kappa }) => share(kappa) },
      { title: 'refits', numeric: true, cell: ({ refits }) => whole(refits) },
    ],
  )
}
