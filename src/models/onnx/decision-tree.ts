import { DecisionTree } from '../decision-tree.ts'
import { exporterOf } from './exporter.ts'
import { treeEnsemble } from './tree-ensemble.ts'

export const decisionTree = exporterOf(DecisionTree, (graph, { forest }) => treeEnsemble(graph, forest, 0))
