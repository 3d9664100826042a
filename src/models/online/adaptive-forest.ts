import { sigmoid } from '../../stats/sigmoid.ts'
import { arrayOf, demand, type OnlineLearner, type SavedModel } from '../model.ts'
import { ForestMember } from './forest-member.ts'
import type { Growth } from './growing-tree.ts'

const TREES = 10
const BAGGING = 6
/** Leaves of one tree that may grow: all trees and their backgrounds together stay under some tens of mebibytes. */
const LEAVES_MAX = 200
const TREES_MAX = 1000
/** A vote says no more than this, so that margins stay finite. */
const SHARE_MIN = 1e-6

function growthOf(columns: number): Growth {
  return {
    delta: 0.01,
    tie: 0.05,
    grace: 50,
    leavesMax: LEAVES_MAX,
    subset: Math.min(columns, Math.floor(Math.sqrt(columns)) + 1),
  }
}

/**
 * Adaptive random forest: trees that each see every row about six times or not at all and look at a few columns a leaf, so that
 * they err apart; each watches its own errors, grows a second tree when they rise, and gives way to it when they have risen for
 * sure. Votes count by how often a tree has been right lately.
 *
 * Source: Gomes et al., "Adaptive random forests for evolving data stream classification", Machine Learning 106, 2017; settings
 * as in River (10 trees, grace 50, delta 0.01, warning 0.01, drift 0.001).
 */
export class AdaptiveForest implements OnlineLearner {
  static readonly kind = 'adaptive-forest'
  readonly kind = AdaptiveForest.kind
  readonly featureNames: readonly string[]
  private readonly members: readonly ForestMember[]

  constructor(featureNames: readonly string[], seed = 1, members?: readonly ForestMember[]) {
    this.featureNames = featureNames
    const growth = growthOf(featureNames.length)
    // Seeds far apart: neighbours of a generator's state draw alike at first.
    this.members =
      members ??
      Array.from(
        { length: TREES },
        (_, i) => new ForestMember(featureNames.length, growth, Math.imul(seed + i * 7919, 0x9e3779b1)),
      )
  }

  /** Trees that were replaced so far. */
  get replaced(): number {
    return this.members.reduce((sum, member) => sum + member.replaced, 0)
  }

  scoreOne(x: Float64Array, at = 0): number {
    let votes = 0
    let all = 0
    for (const member of this.members) {
      votes += member.accuracy * sigmoid(member.margin(x, at))
      all += member.accuracy
    }
    const share = all > 0 ? Math.min(1 - SHARE_MIN, Math.max(SHARE_MIN, votes / all)) : 0.5
    return Math.log(share / (1 - share))
  }

  learnOne(x: Float64Array, at: number, y: number, weight: number): void {
    if (!(weight > 0)) return
    for (const member of this.members) member.learn(x, at, y, weight, BAGGING)
  }

  save(): SavedModel {
    const parts = this.members.map((member) => member.save())
    const lengths = Int32Array.from(parts, ({ length }) => length)
    return { parameters: {}, arrays: { lengths, members: Float64Array.from(parts.flat()) } }
  }

  static load(saved: SavedModel, featureNames: readonly string[]): AdaptiveForest {
    const lengths = arrayOf(saved, 'lengths', Int32Array)
    const numbers = arrayOf(
      saved,
      'members',
      Float64Array,
      lengths.reduce((sum, length) => sum + length, 0),
    )
    demand(lengths.length >= 1 && lengths.length <= TREES_MAX, 'The adaptive forest in the file has no trees.')
    const growth = growthOf(featureNames.length)
    let at = 0
    const members = Array.from(lengths, (length) => {
      const member = ForestMember.load(numbers.slice(at, at + length), featureNames.length, growth)
      at += length
      demand(member !== undefined, 'The adaptive forest in the file has a tree that is none.')
      return member
    })
    return new AdaptiveForest(featureNames, 1, members)
  }
}
