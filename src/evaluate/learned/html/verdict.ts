import { type Content, html, type Markup } from '../../../sinks/html/markup.ts'
import { clopperPearson } from '../../../stats/clopper-pearson.ts'
import type { LearnedEvaluation } from '../judged.ts'
import { ofWords, shareWords } from './share-words.ts'
import { loudest, whatFollows, worstFound } from './what-follows.ts'

type Tile = readonly [name: string, value: Content, note: Content]

/** The figures somebody reads who reads nothing else, and what follows from them. */
export function verdict(evaluation: LearnedEvaluation): Markup {
  // With several models the first says little; the sentences have them all.
  const tiles = evaluation.judged.length === 1 ? tilesOf(evaluation) : []
  return html`<section>${
    tiles.length > 0 &&
    html`<dl class="tiles">${tiles.map(
      ([name, value, note]) =>
        html`<div><dt>${name}</dt><dd><b>${value}</b><span class="soft">${note}</span></dd></div>`,
    )}</dl>`
  }<h2>What follows</h2><ul class="spots">${whatFollows(evaluation).map((sentence) => html`<li>${sentence}</li>`)}</ul></section>`
}

function tilesOf({ judged: [judged], leftOut, audits }: LearnedEvaluation): Tile[] {
  const { report, evenOdds } = judged
  const { truePositives, falsePositives } = report.confusion
  const { lower, upper } = report.rocAucBounds
  const passed = audits.filter((audit) => audit.passed).length
  const tool = worstFound(leftOut.filter(({ what }) => what === 'tool'))
  const network = loudest(leftOut)
  return [
    ['Found at the line', shareWords(report.recall), `${ofWords(truePositives, report.positives)} attack rows`],
    [
      'False alarms at the line',
      shareWords(report.falsePositiveRate),
      `${ofWords(falsePositives, report.negatives)} benign rows, up to ${shareWords(clopperPearson(falsePositives, report.negatives).upper)}`,
    ],
    ['ROC-AUC', report.rocAuc.toFixed(4), `95 %: ${lower.toFixed(4)} to ${upper.toFixed(4)}`],
    ['PR-AUC', report.prAuc.toFixed(4), `a guess has ${(report.positives / report.rows).toFixed(4)}`],
    [
      'Worst tool, never seen',
      tool ? shareWords(tool.found / tool.attackRows) : '-',
      tool ? html`found of <bdi>${tool.leftOut}</bdi>` : 'no tool was left out',
    ],
    [
      'Loudest network, never seen',
      network ? shareWords(network.falseAlarms / network.benignRows) : '-',
      network ? html`false alarms on <bdi>${network.leftOut}</bdi>` : 'no network was left out',
    ],
    [
      'Right at even odds',
      shareWords(evenOdds.accuracy),
      `commoner class alone ${shareWords(evenOdds.majorityAccuracy)}`,
    ],
    [
      'Leak audits',
      ofWords(passed, audits.length),
      passed === audits.length ? 'passed' : 'passed: read what did not, first',
    ],
  ]
}
