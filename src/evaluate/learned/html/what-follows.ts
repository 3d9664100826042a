import { countWords } from '../../../sinks/words.ts'
import { clopperPearson } from '../../../stats/clopper-pearson.ts'
import { CEILING } from '../baselines.ts'
import type { Judged, LearnedEvaluation, LeftOutResult } from '../judged.ts'
import { ofWords, shareWords } from './share-words.ts'

/** What the line was drawn for. */
const PROMISED = 1e-3

/** What follows from the figures, in sentences that do not flatter: bounds with rates, the bar with accuracy. */
export function whatFollows({ judged, baselines, leftOut }: LearnedEvaluation): string[] {
  return [
    ...judged.flatMap((one) => {
      const who = judged.length > 1 ? `${one.name}, ${one.on}: at` : 'At'
      return [atTheLine(who, one), atEvenOdds(who, one, baselines)]
    }),
    ...(['tool', 'network'] as const).flatMap((what) => withoutOne(what, leftOut, judged[0])),
  ]
}

function atTheLine(who: string, { report }: Judged): string {
  const { truePositives, falsePositives } = report.confusion
  const { lower, upper } = clopperPearson(falsePositives, report.negatives)
  const kept =
    lower > PROMISED
      ? 'that is more than the one in a thousand the line was drawn for, so the line does not carry over to these rows'
      : upper > PROMISED
        ? `so few benign rows cannot show that one in a thousand is kept: it may be ${shareWords(upper)}`
        : `at most ${shareWords(upper)} by the 95 % bound, so one in a thousand is kept`
  return `${who} its line it finds ${ofWords(truePositives, report.positives)} attack rows (${shareWords(report.recall)}) and calls ${ofWords(falsePositives, report.negatives)} benign rows attack (${shareWords(report.falsePositiveRate)}); ${kept}.${possible(report)}`
}

/** What any line could have done here: the gap to what the drawn one did is what drawing it elsewhere costs. */
function possible({ atLimits, negatives }: Judged['report']): string {
  const limit = atLimits.find((limit) => limit.limit === PROMISED)
  if (limit === undefined) return ''
  const told = limit.canTell ? '' : `, though ${negatives.toLocaleString('en-US')} benign rows are too few to tell`
  return ` A line picked on these very rows could have found ${shareWords(limit.recall)} at that rate${told}.`
}

function atEvenOdds(who: string, { on, evenOdds }: Judged, baselines: LearnedEvaluation['baselines']): string {
  const rules = baselines.filter((rule) => rule.on === on && rule.name !== CEILING)
  const [best] = rules.toSorted((a, b) => b.accuracy - a.accuracy)
  const bar = best === undefined ? '' : `, and the best plain rule (${best.name}) on ${shareWords(best.accuracy)}`
  const worth = best !== undefined && best.accuracy >= evenOdds.accuracy ? ' The model adds nothing to that rule.' : ''
  return `${who} even odds it is right on ${shareWords(evenOdds.accuracy)} of rows; the commoner class alone is right on ${shareWords(evenOdds.majorityAccuracy)}${bar}.${worth}`
}

function withoutOne(what: LeftOutResult['what'], leftOut: readonly LeftOutResult[], model: Judged): string[] {
  const attacked = leftOut.filter((row) => row.what === what && row.attackRows > 0)
  const worst = worstFound(attacked)
  if (worst === undefined) return []
  const seen = (what === 'tool' ? model.tools : model.networks).find(({ name }) => name === worst.leftOut)
  const before =
    seen && seen.attackRows > 0
      ? `; the model itself finds ${shareWords(seen.found / seen.attackRows)} of those held out`
      : ''
  const said = `Of ${countWords(attacked.length, what)} left out of training, ${worst.leftOut} is found worst: ${ofWords(worst.found, worst.attackRows)} attack rows (${shareWords(worst.found / worst.attackRows)})${before}.`
  const loud = what === 'network' ? loudest(leftOut) : undefined
  if (loud === undefined || loud.falseAlarms === 0) return [said]
  return [
    said,
    `Without ${loud.leftOut} in training, ${ofWords(loud.falseAlarms, loud.benignRows)} of its benign rows (${shareWords(loud.falseAlarms / loud.benignRows)}) are called attack: expect as much of a network it has not seen.`,
  ]
}

/** Least of its attack rows found. */
export function worstFound(rows: readonly LeftOutResult[]): LeftOutResult | undefined {
  return rows
    .filter(({ attackRows }) => attackRows > 0)
    .toSorted((a, b) => a.found / a.attackRows - b.found / b.attackRows)[0]
}

/** Network with the highest share of false alarms when it was left out. */
export function loudest(rows: readonly LeftOutResult[]): LeftOutResult | undefined {
  return rows
    .filter(({ what, benignRows }) => what === 'network' && benignRows > 0)
    .toSorted((a, b) => b.falseAlarms / b.benignRows - a.falseAlarms / a.benignRows)[0]
}
