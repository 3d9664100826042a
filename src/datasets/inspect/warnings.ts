import type { Inspection } from './inspection.ts'

/** Below this accuracy the ceiling itself is the finding. */
const CEILING_LOW = 0.95
/** Rows that occur once, from this share on: a ceiling that no row contradicts. */
const UNIQUE_MOST = 0.9
/** How near the noise rule may come to the ceiling before noise is what the label means. */
const NOISE_NEAR = 0.005
/** Area under the curve, from one half, that a column without meaning must not reach. */
const LEAK = 0.3
/** Accuracy of a single threshold that leaves nothing for a model to prove. */
const ONE_RULE_HIGH = 0.98
const DUPLICATES_MANY = 0.01

type Found = Omit<Inspection, 'warnings'>

/** What a person must know before training on the table or believing a figure of it, worst first. */
export function warningsOf(found: Found): string[] {
  if (found.rows === 0) return ['no rows with a label']
  if (found.attackRows === 0 || found.benignRows === 0) return ['rows of one class only: nothing can be learned']
  return [...ofLabel(found), ...ofSplit(found), ...ofColumns(found)]
}

function ofLabel({ ceiling, baselines, rows }: Found): string[] {
  const { accuracy } = ceiling.result
  const warnings: string[] = []
  if (accuracy < CEILING_LOW) {
    warnings.push(
      `label not learnable above ${accuracy.toFixed(2)}: ${percent(ceiling.conflictingRows / rows)} of rows have features that occur with both labels`,
    )
  }
  if (ceiling.uniqueRows / rows > UNIQUE_MOST) {
    warnings.push(
      `the ceiling bounds nothing here: ${percent(ceiling.uniqueRows / rows)} of rows occur once, and a lookup is right about them for free`,
    )
  }
  const noise = baselines.find(({ rule }) => rule.startsWith('reverse look-up'))
  if (noise && accuracy - noise.accuracy < NOISE_NEAR) {
    warnings.push(
      `the label means background noise: reverse look-ups, single labels and .local alone reach ${noise.accuracy.toFixed(4)}`,
    )
  }
  const best = baselines.at(-1)
  if (best && best.accuracy >= ONE_RULE_HIGH) {
    warnings.push(`one threshold does it: ${best.rule} reaches ${best.accuracy.toFixed(4)}; put it beside every model`)
  }
  return warnings
}

function ofSplit({ kind, duplicates, rows, leaks, tools, networks }: Found): string[] {
  const warnings: string[] = []
  if (duplicates / rows > DUPLICATES_MANY) {
    warnings.push(
      `${percent(duplicates / rows)} of rows are exact duplicates: split by group, or copies stand on both sides`,
    )
  }
  for (const { name, auc } of leaks) {
    if (Math.abs(auc - 0.5) > LEAK)
      warnings.push(`${name} tells the classes apart (AUC ${auc.toFixed(3)}): never a feature`)
  }
  const attackTools = tools.largest.filter(({ attackRows }) => attackRows > 0)
  // Of the originals' tables nobody knows a tool.
  if (kind !== 'legacy' && attackTools.length === 1) {
    warnings.push(`one tool only (${attackTools[0].name}): no figure of it says anything about another tool`)
  }
  if (networks.groups > 1 && networks.mixed === 0) {
    warnings.push('no network holds both classes: what tells networks apart looks like a sign of tunnels')
  }
  return warnings
}

function ofColumns({ features }: Found): string[] {
  const names = (kept: (feature: Found['features'][number]) => boolean) => features.filter(kept).map(({ name }) => name)
  const constant = names((feature) => feature.constant)
  const missing = names((feature) => feature.missing > 0)
  return [
    ...(constant.length > 0 ? [`constant: ${constant.join(', ')}`] : []),
    ...(missing.length > 0 ? [`missing values: ${missing.join(', ')}`] : []),
  ]
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
