import { isLeftOut, type LeftOut } from '../../datasets/left-out.ts'
import type { ManifestRow } from '../../datasets/manifest.ts'
import { isOfTool, toolOf } from '../../datasets/tools.ts'

/** Rows judged together in one column of a table. */
export interface Round {
  readonly table: 'tool' | 'network'
  /** The tool or the network. */
  readonly name: string
  /** Captures with its tunnels, and benign files in which whatever passes is false. */
  readonly tunnels: readonly ManifestRow[]
  readonly benign: readonly ManifestRow[]
}

/** One set of models and lines, and all rounds that may be judged by it as it has seen nothing of theirs. */
export interface Trial {
  /** Nothing where the rounds' rows trained nothing to begin with: the shipped model is the one without them. */
  readonly leftOut: LeftOut | undefined
  /** Rows that train; the benign ones among them set the lines. */
  readonly training: readonly ManifestRow[]
  readonly rounds: readonly Round[]
}

/** Networks without tunnels are left out together, dealt out by turns to this many trainings. */
const BENIGN_GROUPS = 2
/** Networks of lists of names, which are nobody's traffic. */
const LIST = /^list:/

/**
 * The trials of one contest. Tools: all captures of each tool, and the benign dev rows. Networks: all tunnels and all
 * benign rows of each network. Rounds that trained nothing share the shipped model.
 */
export function planTrials(timed: readonly ManifestRow[]): Trial[] {
  const training = timed.filter((row) => row.split === 'train')
  const trials: Trial[] = []
  const untrained: Round[] = []
  const plan = (rounds: readonly Round[], leftOut: LeftOut) => {
    const left = training.filter((row) => !isLeftOut(row, leftOut))
    if (left.length === training.length) untrained.push(...rounds)
    else trials.push({ leftOut, training: left, rounds })
  }
  const tunnels = timed.filter((row) => row.label !== 'benign')
  const benign = timed.filter((row) => row.label === 'benign')
  const heldOut = benign.filter((row) => row.split === 'dev')
  for (const tool of distinct(tunnels.map((row) => toolOf(row.family)))) {
    const own = tunnels.filter((row) => isOfTool(row, tool))
    plan([{ table: 'tool', name: tool, tunnels: own, benign: heldOut }], { tool })
  }
  const quiet: Round[] = []
  for (const network of distinct(timed.map((row) => row.network)).filter((name) => !LIST.test(name))) {
    const own = (rows: readonly ManifestRow[]) => rows.filter((row) => row.network === network)
    const round: Round = { table: 'network', name: network, tunnels: own(tunnels), benign: own(benign) }
    if (round.tunnels.length > 0 || own(training).length === 0) plan([round], { networks: [network] })
    else quiet.push(round)
  }
  for (let group = 0; group < BENIGN_GROUPS; group++) {
    const rounds = quiet.filter((_, i) => i % BENIGN_GROUPS === group)
    if (rounds.length > 0) plan(rounds, { networks: rounds.map(({ name }) => name) })
  }
  return untrained.length === 0 ? trials : [{ leftOut: undefined, training, rounds: untrained }, ...trials]
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort()
}
