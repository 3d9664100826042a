import type { BinaryReport } from '../../metrics/binary-report.ts'
import type { Confusion, ConfusionRates } from '../../metrics/confusion.ts'

/** A point of a curve, for a picture: both shares from 0 to 1. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** Rows of one tool or one network, and what the model said of them at its line. */
export interface GroupResult {
  readonly name: string
  readonly attackRows: number
  readonly found: number
  readonly benignRows: number
  readonly falseAlarms: number
  /** Upper 95 % bound on the false-alarm rate; 1 where there are no benign rows. */
  readonly rateMax: number
  /** Of a tool: its rows against all benign ones. */
  readonly rocAuc?: number
}

/** One model, or one rule, on rows it never saw. */
export interface Judged {
  readonly name: string
  /** What the rows are, as in `dev` or `random rows`. */
  readonly on: string
  /** At the line that was drawn at one false alarm in a thousand, on training rows held out. */
  readonly report: BinaryReport
  /** At even odds, by the training prior. */
  readonly evenOdds: Confusion & ConfusionRates
  readonly roc: readonly Point[]
  readonly precisionRecall: readonly Point[]
  readonly tools: readonly GroupResult[]
  readonly networks: readonly GroupResult[]
  /** What ROC-AUC loses when a feature's values change rows, best first. */
  readonly importance: readonly { readonly feature: string; readonly loss: number; readonly deviation: number }[]
}

/** A rule that learned one number at most, on the same rows. */
export interface BaselineResult extends Confusion, ConfusionRates {
  readonly name: string
  readonly on: string
}

/** A model trained without a tool, or without a network, on the rows it was left without. */
export interface LeftOutResult {
  readonly what: 'tool' | 'network'
  readonly leftOut: string
  readonly trainRows: number
  readonly attackRows: number
  readonly found: number
  readonly benignRows: number
  readonly falseAlarms: number
  /** Against the benign rows held out; null where the rows left out hold no attack. */
  readonly rocAuc: number | null
  readonly rateMax: number
}

/** What a feature's values look like in both classes: shares of rows between shared edges. */
export interface Distribution {
  readonly feature: string
  readonly unit: string
  readonly edges: readonly number[]
  readonly benign: readonly number[]
  readonly attack: readonly number[]
}

/** A question that must have a dull answer, or the figures are not to be believed. */
export interface Audit {
  readonly question: string
  readonly answer: string
  readonly passed: boolean
}

/** All there is to say about learned models on labelled rows. */
export interface LearnedEvaluation {
  readonly title: string
  readonly facts: readonly (readonly [string, string])[]
  readonly judged: readonly Judged[]
  readonly baselines: readonly BaselineResult[]
  readonly leftOut: readonly LeftOutResult[]
  readonly audits: readonly Audit[]
  readonly distributions: readonly Distribution[]
}
