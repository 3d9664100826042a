import { IsolationForest } from '../isolation-forest.ts'
import { exporterOf } from './exporter.ts'
import { treeEnsemble } from './tree-ensemble.ts'

export const isolationForest = exporterOf(IsolationForest, (graph, { forest }, features) =>
  treeEnsemble(graph, forest, 0, features),
)
