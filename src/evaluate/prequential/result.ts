import type { StreamFigures } from './figures.ts'

/** How labels reach an arm: never, late and of few rows, or every one as soon as its row was judged. */
export type LabelRegime = 'none' | 'late' | 'at-once'

/** One window of the stream, and what every arm made of it. */
export interface StreamWindow {
  /** From 0. */
  readonly number: number
  readonly firstRow: number
  readonly rows: number
  readonly positives: number
  readonly firstMs: number
  readonly lastMs: number
  /** In the order of the arms. */
  readonly arms: readonly ArmWindow[]
}

/** One arm in one window. */
export interface ArmWindow {
  readonly window: StreamFigures
  /** Since the start of the stream. */
  readonly cumulative: StreamFigures
  /** Since the start, each row taking a share off all before it. */
  readonly fading: StreamFigures
  /** What could be found in this window within the false-alarm limit, by a line picked on it; NaN where it cannot tell. */
  readonly recallAtLimit: number
  /** The same over all windows so far, each with its own line. */
  readonly cumulativeRecallAtLimit: number
  /** The line at the end of the window. */
  readonly line: number
  /** Labels that came in during the window. */
  readonly labels: number
  /** Rows at which a drift was found. */
  readonly drifts: readonly number[]
}

/** One arm on the whole stream. */
export interface ArmTotal {
  readonly name: string
  readonly regime: LabelRegime
  readonly figures: StreamFigures
  /** Mean over the windows that hold both classes. */
  readonly meanWindowBalancedAccuracy: number
  /** What could be found within the false-alarm limit, every window with a line of its own. */
  readonly recallAtLimit: number
  /** Labels asked for, and those that came in before the end. */
  readonly asked: number
  readonly labels: number
  readonly drifts: number
}

/** Everything that test-then-train showed. */
export interface PrequentialResult {
  readonly rows: number
  readonly positives: number
  readonly windows: readonly StreamWindow[]
  readonly arms: readonly ArmTotal[]
}

/** A result and what it is of: all that reports are made from. */
export interface StreamEvaluation {
  readonly title: string
  readonly facts: readonly (readonly [what: string, value: string])[]
  readonly result: PrequentialResult
  /** False-alarm rate at which recall is told. */
  readonly limit: number
}

/** The result of some of the arms, in the order they stand in. */
export function resultOf(result: PrequentialResult, keep: (name: string) => boolean): PrequentialResult {
  const kept = [...result.arms.keys()].filter((arm) => keep(result.arms[arm].name))
  return {
    ...result,
    arms: kept.map((arm) => result.arms[arm]),
    windows: result.windows.map((window) => ({ ...window, arms: kept.map((arm) => window.arms[arm]) })),
  }
}
