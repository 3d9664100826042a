import type { DataSet } from '../data-set.ts'
import { groupRows } from './group-rows.ts'
import { type RuleResult, ruleResult } from './rule-result.ts'

/** What answering every distinct feature row by its most frequent label reaches on the very rows it was counted on. */
export interface Lookup {
  /** What a feature row is made of. */
  readonly key: string
  readonly result: RuleResult
  /** Distinct feature rows of benign rows only, of attack rows only, and of both. */
  readonly benignKeys: number
  readonly attackKeys: number
  readonly bothKeys: number
  /** Rows whose feature row occurs with both labels. */
  readonly conflictingRows: number
  /** Rows whose feature row occurs once: a lookup is right about them for free, so the more, the less it bounds. */
  readonly uniqueRows: number
}

/**
 * The lookup ceiling: no function of these features can be right more often on these rows (the Bayes accuracy of the
 * sample). It is optimistic about new rows, and says nothing where nearly every feature row is unique. Ties go to attack.
 */
export function lookup(set: DataSet, texts: boolean): Lookup {
  const { y } = set
  const { keyOf, keys } = groupRows(set, { texts, time: false, label: false })
  const attack = new Uint32Array(keys)
  const benign = new Uint32Array(keys)
  for (let row = 0; row < y.length; row++) (y[row] === 1 ? attack : benign)[keyOf[row]]++
  const found = { tp: 0, fp: 0, positives: 0, benignKeys: 0, attackKeys: 0, conflicting: 0, unique: 0 }
  for (let key = 0; key < keys; key++) {
    found.positives += attack[key]
    if (attack[key] >= benign[key]) {
      found.tp += attack[key]
      found.fp += benign[key]
    }
    if (attack[key] === 0) found.benignKeys++
    else if (benign[key] === 0) found.attackKeys++
    else found.conflicting += attack[key] + benign[key]
    if (attack[key] + benign[key] === 1) found.unique++
  }
  const { tp, fp, positives, benignKeys, attackKeys } = found
  const key = `${set.matrix.columns} numbers${texts && set.texts.length > 0 ? ` and ${set.texts.length} texts` : ''}`
  return {
    key,
    result: ruleResult(`lookup, ${key}`, {
      ...{ truePositives: tp, falsePositives: fp },
      ...{ trueNegatives: y.length - positives - fp, falseNegatives: positives - tp },
    }),
    ...{ benignKeys, attackKeys, bothKeys: keys - benignKeys - attackKeys },
    conflictingRows: found.conflicting,
    uniqueRows: found.unique,
  }
}
