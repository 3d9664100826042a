import { RandomForest } from '../random-forest.ts'
import { exporterOf } from './exporter.ts'
import { treeEnsemble } from './tree-ensemble.ts'

/** Log-odds of the votes; here they are rounded to the grid, there they are not: 2^-32 apart at most. */
export const randomForest = exporterOf(RandomForest, (graph, { forest, prior }) => {
  const yes = treeEnsemble(graph, forest, prior)
  const no = graph.apply('Sub', [graph.constant(forest.roots.length + 1), yes])
  return graph.apply('Log', [graph.apply('Div', [yes, no])])
})
