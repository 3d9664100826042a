import { binaryReport } from '../../../metrics/binary-report.ts'
import { confusionAt, confusionRates } from '../../../metrics/confusion.ts'
import { CEILING } from '../baselines.ts'
import type { Judged, LearnedEvaluation } from '../judged.ts'

/** Ten attack rows, of which the line at 2 finds eight, and forty benign ones, of which it calls one attack. */
const TARGETS = Array.from({ length: 50 }, (_, row) => (row < 10 ? 1 : 0))
const MARGINS = TARGETS.map((target, row) => (target === 1 ? (row < 8 ? 3 : -1) : row === 10 ? 2.5 : -2 - row / 50))
const LINE = 2

/** A model judged on fifty rows, with real figures. */
export function someJudged(text = 'boosting', other: Partial<Judged> = {}): Judged {
  const probabilities = MARGINS.map((margin) => 1 / (1 + Math.exp(-margin)))
  const evenOdds = confusionAt(MARGINS, TARGETS, 0)
  return {
    name: text,
    on: 'held out: dev',
    report: binaryReport({ scores: MARGINS, targets: TARGETS, threshold: LINE, probabilities }),
    evenOdds: { ...evenOdds, ...confusionRates(evenOdds) },
    roc: [0, 0.025, 1].map((x, i) => ({ x, y: [0, 0.8, 1][i] })),
    precisionRecall: [0, 0.8, 1].map((x, i) => ({ x, y: [1, 8 / 9, 0.2][i] })),
    tools: [
      { name: 'benign', attackRows: 0, found: 0, benignRows: 40, falseAlarms: 1, rateMax: 0.132 },
      { name: text, attackRows: 6, found: 6, benignRows: 0, falseAlarms: 0, rateMax: 1 },
      { name: 'slow tool', attackRows: 4, found: 2, benignRows: 0, falseAlarms: 0, rateMax: 1 },
    ],
    networks: [
      { name: text, attackRows: 10, found: 8, benignRows: 10, falseAlarms: 0, rateMax: 0.309 },
      { name: 'office', attackRows: 0, found: 0, benignRows: 30, falseAlarms: 1, rateMax: 0.173 },
    ],
    importance: [
      { feature: text, loss: 0.25, deviation: 0.05 },
      { feature: 'length', loss: -0.01, deviation: 0.02 },
    ],
    ...other,
  }
}

/** An evaluation in which every text that others may have a hand in is the same. */
export function someEvaluation(text = 'word', other: Partial<LearnedEvaluation> = {}): LearnedEvaluation {
  const rule = { truePositives: 5, falsePositives: 0, trueNegatives: 40, falseNegatives: 5 }
  const all = { truePositives: 10, falsePositives: 0, trueNegatives: 40, falseNegatives: 0 }
  return {
    title: `${text} on queries`,
    facts: [['plan', text]],
    judged: [someJudged(text)],
    baselines: [
      { name: `one rule: ${text} > 3`, on: 'held out: dev', ...rule, ...confusionRates(rule) },
      { name: CEILING, on: 'held out: dev', ...all, ...confusionRates(all) },
    ],
    leftOut: [
      leftOut('tool', text, { found: 3, attackRows: 12, rocAuc: 0.9 }),
      leftOut('tool', 'slow tool', { found: 4, attackRows: 4, rocAuc: 0.99 }),
      leftOut('network', text, { found: 1, attackRows: 10 }),
      leftOut('network', 'office', { benignRows: 30, falseAlarms: 6 }),
    ],
    audits: [
      { question: 'Does a model learn from nothing?', answer: `no ${text}`, passed: true },
      { question: 'Does one feature give it away?', answer: `${text} 0.9990`, passed: false },
    ],
    distributions: [
      { feature: text, unit: text, edges: [0, 1, 2], benign: [0.9, 0.1], attack: [0, 1] },
      { feature: 'constant', unit: 'flag', edges: [7, 8, 9], benign: [1, 0], attack: [1, 0] },
    ],
    ...other,
  }
}

function leftOut(
  what: 'tool' | 'network',
  name: string,
  counts: { found?: number; attackRows?: number; benignRows?: number; falseAlarms?: number; rocAuc?: number },
): LearnedEvaluation['leftOut'][number] {
  const none = { attackRows: 0, found: 0, benignRows: 0, falseAlarms: 0, rocAuc: null }
  return { what, leftOut: name, trainRows: 1234, ...none, rateMax: 0.5, ...counts }
}
