import { type Command, InvalidArgumentError, Option } from 'commander'
import { DATA_KINDS, type DataKind } from '../datasets/data-set.ts'
import { PROFILES, type ProfileName } from '../datasets/row-profile.ts'
import type { QueryArm } from '../features/query/index.ts'
import { learners } from '../learn/learners.ts'
import type { Plan } from '../learn/plan.ts'
import { preparations } from '../learn/preparation/index.ts'
import { REBALANCINGS } from '../learn/rebalance.ts'
import { selectors } from '../learn/selection/index.ts'
import type { Parameters, ParameterValue } from '../learn/tuning/space.ts'
import { ARMS } from '../training/model-plan.ts'

/** What verbs that train a model of a user's own understand besides the inputs. */
export interface PlanOptions {
  readonly kind?: DataKind
  readonly arm: QueryArm
  readonly profile: ProfileName
  readonly prepare: readonly string[]
  readonly rebalance: Plan['rebalancing']
  readonly set: Parameters
  readonly seed: number
}

/** Names of the models that can be trained, as help prints them. */
export const LEARNERS: readonly string[] = learners.map(({ name }) => name)

/** Names of the ways to choose features. */
export const METHODS: readonly string[] = selectors.map(({ name }) => name)

/** Adds {@link PlanOptions} to a verb. */
export function addPlanOptions(command: Command): Command {
  return command
    .addOption(new Option('--kind <kind>', 'rows to use where the inputs hold several kinds').choices(DATA_KINDS))
    .addOption(
      new Option('--arm <arm>', 'of captures and logs: names alone, or names with their answers')
        .choices(ARMS)
        .default('answers'),
    )
    .addOption(
      new Option('--profile <profile>', 'features of name tables: of the query model, or of the originals')
        .choices(PROFILES)
        .default('query'),
    )
    .addOption(
      new Option('--prepare <steps...>', 'what is done to columns, in order, fitted on training rows alone')
        .choices(preparations.map(({ name }) => name))
        .default([], 'none'),
    )
    .addOption(
      new Option('--rebalance <how>', 'make both classes of the training rows count the same')
        .choices([...REBALANCINGS, 'none'])
        .default('none'),
    )
    .option('--set <name=value>', 'a parameter of the model; may be given again', addParameter, {})
    .option('--seed <n>', 'seed of everything drawn by chance', wholeNumber, 1)
}

/** The plan of these options, without a choice of features. */
export function planOf(learner: string, { set, prepare, rebalance }: PlanOptions): Plan {
  return { learner, parameters: set, preparations: prepare, rebalancing: rebalance, selection: null }
}

/** A whole number from 0 on. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It is no whole number.')
  return Number(text)
}

/** A whole number from 1 on. */
export function countNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It is no whole number above zero.')
  return Number(text)
}

function addParameter(text: string, before: Parameters): Parameters {
  const [, name, value] = /^([a-zA-Z]\w*)=(\S+)$/.exec(text) ?? []
  if (name === undefined) throw new InvalidArgumentError('Write name=value, as in l2=0.1.')
  return { ...before, [name]: scalarOf(value) }
}

function scalarOf(text: string): ParameterValue {
  if (text === 'true' || text === 'false') return text === 'true'
  const number = Number(text)
  return Number.isFinite(number) ? number : text
}
