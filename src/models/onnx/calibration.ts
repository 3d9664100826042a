import type { Calibrator } from '../calibrators.ts'
import { Isotonic, Platt } from '../calibrators.ts'
import { ModelFileError } from '../model.ts'
import type { OnnxGraph, Value } from './graph.ts'

/** Adds the calibrated log-odds of a column of margins; the margins themselves where there is no calibrator. */
export function calibratedLogOdds(graph: OnnxGraph, margin: Value, calibrator: Calibrator | undefined): Value {
  if (calibrator === undefined) return margin
  if (calibrator instanceof Platt) return line(graph, margin, calibrator)
  if (calibrator instanceof Isotonic) return steps(graph, margin, calibrator.save().arrays)
  throw new ModelFileError(`The calibration "${calibrator.kind}" has no form in ONNX.`)
}

function line(graph: OnnxGraph, margin: Value, { slope, intercept, low, high }: Platt): Value {
  const scaled = graph.apply('Mul', [margin, graph.constant(slope)])
  const logOdds = graph.apply('Add', [scaled, graph.constant(intercept)])
  return between(graph, logOdds, low, high)
}

/** The first knot's log-odds, and of every rise behind it the share that the margin has climbed. */
function steps(graph: OnnxGraph, margin: Value, arrays: ReturnType<Isotonic['save']>['arrays']): Value {
  const margins = Float64Array.from(arrays.margins)
  const logOdds = Float64Array.from(arrays.logOdds)
  const first = graph.constant(logOdds[0])
  const last = margins.length - 1
  // One knot is a level; adding nothing of the margin keeps its shape.
  if (last === 0) return graph.apply('Add', [graph.apply('Mul', [margin, graph.constant(0)]), first])
  const widths = margins.slice(1).map((end, i) => end - margins[i])
  const rises = logOdds.slice(1).map((end, i) => end - logOdds[i])
  const behind = graph.apply('Sub', [margin, graph.constant(margins.slice(0, last))])
  const share = between(graph, graph.apply('Div', [behind, graph.constant(widths)]), 0, 1)
  return graph.apply('Add', [graph.apply('MatMul', [share, graph.constant(rises, [last, 1])]), first])
}

function between(graph: OnnxGraph, value: Value, low: number, high: number): Value {
  return graph.apply('Min', [graph.apply('Max', [value, graph.constant(low)]), graph.constant(high)])
}
