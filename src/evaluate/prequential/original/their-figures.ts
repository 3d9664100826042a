/** What somebody printed of a static and a dynamic model on their whole stream: means over its windows of 1,000 rows. */
export interface TheirFigures {
  readonly who: string
  readonly encoding: string
  readonly measure: 'accuracy' | 'F1'
  readonly windows: number | null
  readonly staticMean: number
  readonly dynamicMean: number
  readonly refits: number | null
}

const HASH = 'hash(), salted a process'
const STABLE = 'stable, or without texts'

/**
 * The original's figures and those of other public copies of the same course work, as their notebooks print them. Their
 * streams (268,064 rows) are not to be had; ours is the part of it that could be recovered.
 */
export const THEIR_FIGURES: readonly TheirFigures[] = [
  theirs('deepankkartikey (the original)', HASH, 'accuracy', 268, 0.6602, 0.8031, 1),
  theirs('ameyachawlaggsipu', HASH, 'accuracy', 268, 0.7188, 0.8067, 2),
  theirs('MahsaaPk', HASH, 'F1', null, 0.666, 0.827, null),
  theirs('Jayshil-Patel', STABLE, 'accuracy', null, 0.839, 0.836, null),
  theirs('RimTouny', STABLE, 'F1', 199, 0.8518, 0.8518, null),
  theirs('Moataz-Habib', STABLE, 'F1', 266, 0.8529, 0.8557, null),
  theirs('ahmedbadawy11', STABLE, 'F1', null, 0.8482, 0.8468, null),
]

function theirs(
  who: string,
  encoding: string,
  measure: TheirFigures['measure'],
  windows: number | null,
  staticMean: number,
  dynamicMean: number,
  refits: number | null,
): TheirFigures {
  return { who, encoding, measure, windows, staticMean, dynamicMean, refits }
}
