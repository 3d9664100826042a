import type { Learner } from './learners.ts'
import { PlanError } from './plan-error.ts'
import type { Dimension, Parameters, ParameterValue } from './tuning/space.ts'

/** What a count (of trees, of levels) may be at most, and any other number: past these a fit would not end, or say much. */
const COUNT_MAX = 10_000
const NUMBER_MAX = 1e6

/**
 * Throws a {@link PlanError} unless the learner has every one of these parameters and each is a value it can take. A
 * trainer would take no notice of a name it does not know, and the words come from a command line or a file.
 */
export function demandParameters({ name: learner, defaults, space }: Learner, parameters: Parameters): void {
  for (const [name, value] of Object.entries(parameters)) {
    if (!Object.hasOwn(defaults, name)) {
      const known = Object.keys(defaults).join(', ')
      throw new PlanError(`The model ${learner} has no parameter "${name}": take one of ${known}.`)
    }
    const wanted = wantedOf(defaults[name], space[name])
    if (!wanted.holds(value)) throw new PlanError(`"${value}" is no ${name} for ${learner}: it is ${wanted.what}.`)
  }
}

interface Wanted {
  readonly what: string
  holds(value: ParameterValue): boolean
}

function wantedOf(standard: ParameterValue, dimension: Dimension | undefined): Wanted {
  if (typeof standard === 'boolean') return { what: 'true or false', holds: (value) => typeof value === 'boolean' }
  if (typeof standard === 'string') {
    const values = dimension !== undefined && 'includes' in dimension ? dimension : [standard]
    return { what: `one of ${values.join(', ')}`, holds: (value) => values.includes(value) }
  }
  if (isCount(dimension)) {
    const holds = (value: ParameterValue) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= COUNT_MAX
    return { what: `a whole number from 1 to ${COUNT_MAX}`, holds }
  }
  const holds = (value: ParameterValue) => typeof value === 'number' && value >= 0 && value <= NUMBER_MAX
  return { what: `a number from 0 to ${NUMBER_MAX}`, holds }
}

/** Whether values are looked for among whole numbers only. */
function isCount(dimension: Dimension | undefined): boolean {
  if (dimension === undefined) return false
  return 'whole' in dimension ? dimension.whole : dimension.every((value) => Number.isInteger(value))
}
