import { ofWords, shareWords } from '../../learned/html/share-words.ts'
import type { ArmTotal, PrequentialResult } from '../result.ts'

/** Places of arms that are models, by how they hear labels; the best of each in balanced accuracy first. */
export function modelArms({ arms }: PrequentialResult): { frozen: number[]; late: number[]; atOnce: number[] } {
  const best = (regime: ArmTotal['regime']) =>
    [...arms.keys()]
      .filter((arm) => arms[arm].regime === regime && !isBaseline(arms[arm]))
      .sort((a, b) => arms[b].figures.balancedAccuracy - arms[a].figures.balancedAccuracy || a - b)
  return { frozen: best('none'), late: best('late'), atOnce: best('at-once') }
}

/** Arms without a model: the bar that accuracy stands beside. */
export function isBaseline({ name }: ArmTotal): boolean {
  return name === 'no change' || name === 'majority'
}

/** What follows from the figures, in sentences that do not flatter. */
export function whatFollows(result: PrequentialResult): string[] {
  const { arms, rows, positives } = result
  const { frozen, late, atOnce } = modelArms(result)
  const sentences: string[] = []
  const learning = late[0] ?? atOnce[0]
  if (learning !== undefined && frozen[0] !== undefined) {
    const [one, other] = [arms[learning], arms[frozen[0]]]
    const points = 100 * (one.figures.balancedAccuracy - other.figures.balancedAccuracy)
    sentences.push(
      `${one.name} has a balanced accuracy of ${shareWords(one.figures.balancedAccuracy)}, the best arm that never learns (${other.name}) ${shareWords(other.figures.balancedAccuracy)}: ${pointWords(points)}. This is one order of one stream, so no bound can be put on it.`,
    )
  }
  if (late[0] !== undefined) {
    const { name, asked, labels } = arms[late[0]]
    sentences.push(
      `${name} asked about ${ofWords(asked, rows)} rows, and ${ofWords(labels, asked)} labels came in before the end.`,
    )
  }
  const bars = arms.filter(isBaseline).map(({ name, figures }) => `${name} ${shareWords(figures.accuracy)}`)
  const model = learning ?? frozen[0]
  if (model !== undefined && bars.length > 0) {
    sentences.push(
      `Accuracy is worth what it has over no model at all: ${arms[model].name} is right on ${shareWords(arms[model].figures.accuracy)} of rows, ${bars.join(', ')}.`,
    )
  }
  if (positives === 0 || positives === rows)
    sentences.push('All rows are of one class, so nothing here tells good from bad.')
  return sentences
}

function pointWords(points: number): string {
  const size = Math.abs(points).toFixed(1)
  if (size === '0.0') return 'no difference'
  return `${size} points ${points > 0 ? 'more' : 'less'}`
}
