import { LogisticRegression } from '../logistic-regression.ts'
import { exporterOf } from './exporter.ts'

/** Kept inside the training range, less the mean, nothing where missing, weighed and summed. */
export const logisticRegression = exporterOf(LogisticRegression, (graph, { base, terms }, features) => {
  const { weights, means, lows, highs } = terms
  const raised = graph.apply('Max', [features, graph.constant(lows)])
  const inside = graph.apply('Min', [raised, graph.constant(highs)])
  const centred = graph.apply('Sub', [inside, graph.constant(means)])
  const missing = graph.apply('IsNaN', [features])
  const known = graph.apply('Where', [missing, graph.constant(0), centred])
  const sum = graph.apply('MatMul', [known, graph.constant(weights, [weights.length, 1])])
  return graph.apply('Add', [sum, graph.constant(base)])
})
