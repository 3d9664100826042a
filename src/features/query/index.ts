import { alphabet } from './alphabet.ts'
import { answer } from './answer.ts'
import type { Feature, QueryContext, QueryFeatureFamily } from './family.ts'
import { language } from './language.ts'
import { lengths } from './lengths.ts'

export type { Feature, QueryContext, QueryFeatureFamily, Unit } from './family.ts'

/** Every family of query features, in the order of the columns. A new family is one file and one line here. */
export const queryFamilies: readonly QueryFeatureFamily[] = [lengths, alphabet, language, answer]

/** The two arms of the query model: names alone, and names with answers (DESIGN.md 6, L1). */
export const queryArms = {
  names: queryFamilies.filter((family) => !family.answers),
  answers: queryFamilies,
} as const

/** Name of an arm. */
export type QueryArm = keyof typeof queryArms

/** Columns of an arm, in order. */
export function armFeatures(arm: QueryArm): Feature[] {
  return queryArms[arm].flatMap((family) => family.features)
}

/** Writes an arm's row for one exchange; `out` holds at least as many numbers as {@link armFeatures}. */
export function extractArm(arm: QueryArm, context: QueryContext, out: Float64Array): void {
  let at = 0
  for (const family of queryArms[arm]) {
    family.extract(context, out, at)
    at += family.features.length
  }
}
