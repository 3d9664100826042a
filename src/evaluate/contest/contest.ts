import type { LeftOut } from '../../datasets/left-out.ts'
import { ManifestError, type ManifestRow } from '../../datasets/manifest.ts'
import type { DetectionModel } from '../../detect/detection-model.ts'
import { type Progress, timedRows } from '../evaluate-scan.ts'
import { baselines } from './baselines/index.ts'
import { type Collected, collectOwn, collectSightings } from './collect-sightings.ts'
import { type TrainWindow, windowContestant, windowForest } from './contestants.ts'
import { canCrossFit, crossFit, type Fitted } from './cross-fit.ts'
import { domainKey, OWN, type Own, type OwnScores } from './own-scores.ts'
import { type PublishedLine, publishedLines } from './published-lines.ts'
import { type Sighting, UNREGISTERED } from './sighting.ts'
import { judge, type Standing } from './standing.ts'
import { planTrials, type Trial } from './trial.ts'

/** Trains what a contest needs anew. Handed in, because training stands above evaluation. */
export interface Trainers {
  detection(leftOut: LeftOut): Promise<DetectionModel>
  readonly window: TrainWindow
}

/** Every contestant on every round. */
export interface Contest {
  /** Contestants in the order of the tables; ours first. */
  readonly names: readonly string[]
  readonly standings: readonly Standing[]
  readonly published: readonly PublishedLine[]
}

/** Runs all contestants over the same rows, each without the tool or the network it is judged on. */
export async function runContest(
  rows: readonly ManifestRow[],
  shipped: DetectionModel,
  trainers: Trainers,
  onProgress: Progress = () => {},
): Promise<Contest> {
  const timed = timedRows(rows)
  const collected = new Map<ManifestRow, Collected>()
  for (const [done, row] of timed.entries()) {
    onProgress(done, timed.length, row.file)
    collected.set(row, await collectSightings(row, shipped))
  }
  const learners = [windowContestant(trainers.window), windowForest, ...baselines]
  const trials = planTrials(timed)
  const standings: Standing[] = []
  for (const [done, trial] of trials.entries()) {
    onProgress(done, trials.length, trial.rounds.map(({ name }) => name).join(', '))
    const sightingsOf = (of: readonly ManifestRow[]) => of.flatMap((row) => collected.get(row)!.sightings)
    const training = sightingsOf(trial.training)
    if (!canCrossFit(training)) {
      const round = trial.rounds[0].name
      throw new ManifestError(
        `Without ${round} the manifests have too little left to train on: a contest needs train rows of several tools and several benign networks.`,
      )
    }
    const tuning = sightingsOf(trial.training.filter((row) => row.label === 'benign'))
    const own = await ownOf(trial, collected, trainers)
    const contestants: [string, Fitted][] = [
      ...OWN.map((name): [string, Fitted] => [name, readOff(name, own, tuning)]),
      ...learners.map((learner): [string, Fitted] => [learner.name, crossFit(learner, training, tuning)]),
    ]
    for (const [name, fitted] of contestants) {
      for (const round of trial.rounds) standings.push(...judge(name, fitted, tuning, round, sightingsOf))
    }
  }
  const published = publishedLines([...collected.values()].flatMap(({ sightings }) => sightings))
  return { names: [...OWN, ...learners.map(({ name }) => name)], standings, published }
}

/** What the product's detectors say by the trial's model: of the files it is tuned on, and of those it is judged on. */
async function ownOf(
  { leftOut, training, rounds }: Trial,
  collected: ReadonlyMap<ManifestRow, Collected>,
  trainers: Trainers,
): Promise<Map<ManifestRow, OwnScores>> {
  const own = new Map<ManifestRow, OwnScores>()
  const judged = rounds.flatMap(({ tunnels, benign }) => [...tunnels, ...benign])
  const model = leftOut === undefined ? undefined : await trainers.detection(leftOut)
  for (const row of new Set([...training.filter(({ label }) => label === 'benign'), ...judged])) {
    own.set(row, model === undefined ? collected.get(row)!.own : await collectOwn(row, model))
  }
  return own
}

function readOff(name: Own, own: ReadonlyMap<ManifestRow, OwnScores>, tuning: readonly Sighting[]): Fitted {
  const score = ({ row, domain, lo, hi }: Sighting) =>
    own.get(row)?.get(domain === UNREGISTERED ? domain : domainKey(lo, hi))?.[name] ?? 0
  return { score, tuning: tuning.map(score) }
}
