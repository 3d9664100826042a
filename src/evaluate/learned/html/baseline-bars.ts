import type { ConfusionRates } from '../../../metrics/confusion.ts'
import { html, type Markup } from '../../../sinks/html/markup.ts'
import { percent } from '../../../sinks/html/scale.ts'
import { wideTable } from '../../../sinks/html/wide-table.ts'
import type { LearnedEvaluation } from '../judged.ts'
import { shareWords } from './share-words.ts'

interface Rule {
  readonly name: string
  readonly on: string
  readonly rates: ConfusionRates
  readonly isModel: boolean
}

/** Models at even odds between rules that learned one number at most, and the most that any model could get. */
export function baselineBars({ judged, baselines }: LearnedEvaluation): Markup | null {
  if (baselines.length === 0) return null
  const rules: Rule[] = [
    ...judged.map(({ name, on, evenOdds }) => ({ name, on, rates: evenOdds, isModel: true })),
    ...baselines.map((rates) => ({ name: rates.name, on: rates.on, rates, isModel: false })),
  ]
  // Who is compared stands together: by rows, then from the least accurate up.
  rules.sort((a, b) => (a.on === b.on ? a.rates.accuracy - b.rates.accuracy : a.on < b.on ? -1 : 1))
  const head = html`<th scope="col">Rule</th><th scope="col" class="chart">Right, of all rows</th>
${['Accuracy', 'Balanced', 'Precision', 'Recall', 'F1', 'False alarms'].map((name) => html`<th scope="col" class="number">${name}</th>`)}`
  return html`<section><h2>The bar on the same rows</h2>
<p class="soft">Models at even odds (bold) among the commoner class, one threshold of one feature, and the ceiling: every distinct
row answered by its commonest kind, counted on these very rows.</p>
${wideTable('Baselines', head, rules.map(rowOf), 'bars')}</section>`
}

function rowOf({ name, on, rates, isModel }: Rule): Markup {
  const { accuracy, balancedAccuracy, precision, recall, f1, falsePositiveRate } = rates
  const shares = [accuracy, balancedAccuracy, precision, recall, f1, falsePositiveRate]
  return html`<tr><th scope="row">${isModel ? html`<b>${name}</b>` : name}<br><span class="soft">${on}</span></th>
<td class="chart"><svg role="img" width="100%" height="14"><title>${name}: ${shareWords(accuracy)} right</title>
<rect class="track" x="0" y="3" width="100%" height="8"/><rect class="${isModel ? 'octets' : 'typical'}" x="0" y="3" width="${percent(accuracy)}" height="8"/></svg></td>
${shares.map((share) => html`<td class="number">${shareWords(share)}</td>`)}</tr>`
}
