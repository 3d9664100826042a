import type { ModelKind, OnlineLearner } from '../model.ts'
import { AdaptiveForest } from './adaptive-forest.ts'
import { HoeffdingAdaptiveTree } from './hoeffding-adaptive-tree.ts'
import { HoeffdingTree } from './hoeffding-tree.ts'
import { LogisticFtrl } from './logistic-ftrl.ts'
import { LogisticSgd } from './logistic-sgd.ts'
import { RetrainWindow } from './retrain-window.ts'

/** Every learner that goes on learning, by the word of `--dynamic`: one line a learner. */
const LEARNERS = {
  [LogisticSgd.kind]: { kind: LogisticSgd, create: (names) => new LogisticSgd(names) },
  [LogisticFtrl.kind]: { kind: LogisticFtrl, create: (names) => new LogisticFtrl(names) },
  [HoeffdingTree.kind]: { kind: HoeffdingTree, create: (names) => new HoeffdingTree(names) },
  [HoeffdingAdaptiveTree.kind]: {
    kind: HoeffdingAdaptiveTree,
    create: (names, seed) => new HoeffdingAdaptiveTree(names, seed),
  },
  [AdaptiveForest.kind]: { kind: AdaptiveForest, create: (names, seed) => new AdaptiveForest(names, seed) },
  [RetrainWindow.kind]: { kind: RetrainWindow, create: (names, seed) => new RetrainWindow(names, seed) },
} as const satisfies Record<
  string,
  { kind: ModelKind<OnlineLearner>; create(names: readonly string[], seed: number): OnlineLearner }
>

export type LearnerName = keyof typeof LEARNERS

/** Their names, in the order they are listed. */
export const LEARNER_NAMES = Object.keys(LEARNERS) as LearnerName[]

/** How each is read from a file. */
export const onlineKinds: readonly ModelKind<OnlineLearner>[] = Object.values(LEARNERS).map(({ kind }) => kind)

/**
 * A learner that has learned nothing.
 *
 * @example
 * createLearner('adaptive-forest', ['length', 'digits'], 1).learnOne(Float64Array.of(63, 0.4), 0, 1, 1)
 */
export function createLearner(name: LearnerName, featureNames: readonly string[], seed: number): OnlineLearner {
  return LEARNERS[name].create(featureNames, seed)
}
