import { GradientBoosting } from '../gradient-boosting.ts'
import { exporterOf } from './exporter.ts'
import { treeEnsemble } from './tree-ensemble.ts'

export const gradientBoosting = exporterOf(GradientBoosting, (graph, { forest, base }, features) =>
  treeEnsemble(graph, forest, base, features),
)
