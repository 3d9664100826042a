import type { Forest } from './forest.ts'
import { onGrid } from './value-grid.ts'

/** A forest that is being grown: lists with one entry a node. */
export class GrowingForest {
  readonly #roots: number[] = []
  readonly #feature: number[] = []
  readonly #threshold: number[] = []
  readonly #child: number[] = []
  readonly #missingLeft: number[] = []
  readonly #value: number[] = []
  readonly #cover: number[] = []

  /** Begins a tree; returns its root. */
  plant(value: number, cover: number): number {
    this.#roots.push(this.#value.length)
    return this.#add(value, cover)
  }

  /** Makes a leaf ask. Returns the first of its children, which stand one behind the other. */
  split(node: number, question: Question, left: NodeFacts, right: NodeFacts): number {
    this.#feature[node] = question.column
    this.#threshold[node] = question.threshold
    this.#missingLeft[node] = question.missingLeft ? 1 : 0
    this.#child[node] = this.#add(left.value, left.cover)
    this.#add(right.value, right.cover)
    return this.#child[node]
  }

  value(node: number): number {
    return this.#value[node]
  }

  /** What the newest tree says of the row at `x[at]`. */
  scoreLast(x: Float64Array, at: number): number {
    let node = this.#roots.at(-1)!
    while (this.#feature[node] >= 0) {
      const v = x[at + this.#feature[node]]
      const left = v <= this.#threshold[node] || (Number.isNaN(v) && this.#missingLeft[node] === 1)
      node = this.#child[node] + (left ? 0 : 1)
    }
    return this.#value[node]
  }

  finish(): Forest {
    return {
      roots: Int32Array.from(this.#roots),
      feature: Int32Array.from(this.#feature),
      threshold: Float64Array.from(this.#threshold),
      child: Int32Array.from(this.#child),
      missingLeft: Uint8Array.from(this.#missingLeft),
      value: Float64Array.from(this.#value),
      cover: Float64Array.from(this.#cover),
    }
  }

  #add(value: number, cover: number): number {
    this.#feature.push(-1)
    this.#threshold.push(0)
    this.#child.push(0)
    this.#missingLeft.push(0)
    this.#cover.push(cover)
    return this.#value.push(onGrid(value)) - 1
  }
}

/** What a node asks: see {@link Forest}. */
export interface Question {
  readonly column: number
  readonly threshold: number
  readonly missingLeft: boolean
}

export interface NodeFacts {
  readonly value: number
  readonly cover: number
}
