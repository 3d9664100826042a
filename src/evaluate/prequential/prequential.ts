import type { Arm, StreamRow } from './arm.ts'
import { Entrant } from './entrant.ts'
import { evenChoice, type LabelChoice } from './label-choice.ts'
import type { PrequentialResult, StreamWindow } from './result.ts'
import type { LabelledStream, StreamBlock } from './stream.ts'

/** An arm and how labels reach it. An arm without `learn` gets none. */
export interface Entry {
  readonly arm: Arm
  /** Which rows are asked about, the answers coming late; by chance if absent. `at-once`: every label, before the next row. */
  readonly labels?: LabelChoice | 'at-once'
}

/** One verdict of one arm, for who counts in other ways; valid during the call. */
export interface Verdict {
  /** Place of the arm among the entries. */
  readonly entry: number
  readonly row: StreamRow
  readonly y: 0 | 1
  readonly score: number
  readonly flagged: boolean
}

export interface PrequentialOptions {
  readonly windowRows: number
  /** How long after its row a label arrives, in event time. */
  readonly labelDelayMs: number
  /** Share of rows that may be asked about, from 0 to 1. */
  readonly labelBudget: number
  /** False-alarm rate at which recall is told. */
  readonly limit: number
  /** What is left of a row's say one row later, as in 0.999. */
  readonly fading: number
  /** Of the choice of rows by chance. */
  readonly seed: number
  /** What is said of a row when somebody is asked; the truth if absent. Must not depend on who asks. */
  answer?(index: number, y: 0 | 1): 0 | 1
  onVerdict?(verdict: Verdict): void
}

export const PREQUENTIAL_DEFAULTS = {
  ...{ windowRows: 1000, labelDelayMs: 3_600_000, labelBudget: 0.01 },
  ...{ limit: 0.01, fading: 0.999, seed: 1 },
} as const satisfies PrequentialOptions

/**
 * Test then train: every arm scores a row before any label of that row can reach it, and each label comes when it is
 * due, before the first row that is no earlier. Rows in, figures out; it draws nothing by chance but the rows to ask
 * about. About 0.2 us a row and arm besides what the arm costs.
 *
 * @example
 * const run = new Prequential(4, [{ arm: frozen }, { arm: adaptive }], PREQUENTIAL_DEFAULTS)
 * for (const block of blocks) run.take(block)
 * run.finish().arms[1].figures.balancedAccuracy
 *
 * Source: Gama, Sebastião and Rodrigues, On evaluating stream learning algorithms, 2013 (windows, fading factors);
 * Grzenda, Gomes and Bifet, Delayed labelling evaluation for data streams, 2020.
 */
export class Prequential {
  private readonly featureCount: number
  private readonly options: PrequentialOptions
  private readonly entrants: readonly Entrant[]
  private readonly windows: StreamWindow[] = []
  private readonly row: { -readonly [K in keyof StreamRow]: StreamRow[K] }
  private readonly verdict: { -readonly [K in keyof Verdict]: Verdict[K] }
  private readonly targets: Uint8Array
  private rows = 0
  private positives = 0
  /** Rows of the window under way, the attacks among them, and its first time. */
  private inWindow = 0
  private windowPositives = 0
  private windowFirstMs = Number.NaN
  private lastY: 0 | 1 = 0

  constructor(featureCount: number, entries: readonly Entry[], options: PrequentialOptions) {
    demandOptions(options)
    this.featureCount = featureCount
    this.options = options
    this.targets = new Uint8Array(options.windowRows)
    this.entrants = entries.map(({ arm, labels = evenChoice(options.labelBudget, options.seed) }) => {
      return new Entrant(arm, labels, featureCount, options)
    })
    this.row = { index: 0, timeMs: Number.NEGATIVE_INFINITY, x: new Float64Array(), at: 0, group: '' }
    this.verdict = { entry: 0, row: this.row, y: 0, score: 0, flagged: false }
  }

  /** Takes the next rows of the stream. */
  take({ rows, x, timeMs, groups, y }: StreamBlock): void {
    const { row, featureCount } = this
    row.x = x
    for (let i = 0; i < rows; i++) {
      row.at = i * featureCount
      row.group = groups[i]
      // Before 1970 there are no packets; a stream that begins without a time begins there.
      row.timeMs = Math.max(row.timeMs, timeMs[i] >= 0 ? timeMs[i] : 0)
      this.takeRow(y[i] === 1 ? 1 : 0)
      row.index++
    }
  }

  private takeRow(y: 0 | 1): void {
    const { row, entrants, verdict, options } = this
    if (this.inWindow === 0) this.windowFirstMs = row.timeMs
    const unchanged = y === this.lastY
    for (let e = 0; e < entrants.length; e++) {
      const entrant = entrants[e]
      entrant.hear(row.timeMs)
      const flagged = entrant.judge(row, y, unchanged, this.inWindow)
      if (options.onVerdict === undefined) continue
      verdict.entry = e
      verdict.y = y
      verdict.score = entrant.score
      verdict.flagged = flagged
      options.onVerdict(verdict)
    }
    // Only now, when everybody has scored.
    for (const entrant of entrants) entrant.ask(row, y)
    this.lastY = y
    this.targets[this.inWindow++] = y
    this.rows++
    this.positives += y
    this.windowPositives += y
    if (this.inWindow === options.windowRows) this.closeWindow()
  }

  private closeWindow(): void {
    const targets = this.targets.subarray(0, this.inWindow)
    this.windows.push({
      number: this.windows.length,
      firstRow: this.rows - this.inWindow,
      rows: this.inWindow,
      positives: this.windowPositives,
      firstMs: this.windowFirstMs,
      lastMs: this.row.timeMs,
      arms: this.entrants.map((entrant) => entrant.closeWindow(targets)),
    })
    this.inWindow = 0
    this.windowPositives = 0
  }

  /** Closes the last window, however short. Labels still under way are never heard. */
  finish(): PrequentialResult {
    if (this.inWindow > 0) this.closeWindow()
    const { rows, positives, windows } = this
    return {
      rows,
      positives,
      windows,
      arms: this.entrants.map((entrant, e) => entrant.total(windows.map(({ arms }) => arms[e]))),
    }
  }
}

/** Runs arms over a stream from its first row to its last. */
export async function runPrequential(
  stream: LabelledStream,
  entries: readonly Entry[],
  options: PrequentialOptions,
): Promise<PrequentialResult> {
  const run = new Prequential(stream.featureNames.length, entries, options)
  for await (const block of stream.blocks()) run.take(block)
  return run.finish()
}

function demandOptions({ windowRows, labelDelayMs, labelBudget, fading, limit }: PrequentialOptions): void {
  if (!(Number.isInteger(windowRows) && windowRows > 0)) throw new RangeError(`a window of ${windowRows} rows`)
  if (!(labelDelayMs >= 0)) throw new RangeError(`a label delay of ${labelDelayMs} ms`)
  if (!(labelBudget >= 0 && labelBudget <= 1)) throw new RangeError(`a label budget of ${labelBudget}`)
  if (!(fading > 0 && fading <= 1)) throw new RangeError(`a fading factor of ${fading}`)
  if (!(limit > 0 && limit < 1)) throw new RangeError(`a false-alarm limit of ${limit}`)
}
