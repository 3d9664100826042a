import type { DataFeature, DataKind, DataSet } from './data-set.ts'
import { RowValues } from './row-values.ts'
import { TextColumnBuilder } from './text-column.ts'

/** What a row is besides its numbers. */
export interface RowFacts {
  attack: boolean
  group: string
  network: string
  tool: string
  split: string
  timeMs: number
  capitals: number
  noise: boolean
}

/** Collects a {@link DataSet} row by row: fill `row`, `facts` and `texts`, then {@link add}. All three are used again. */
export class DataSetBuilder {
  readonly row: Float64Array
  readonly texts: string[]
  readonly facts: RowFacts = {
    ...{ attack: false, group: '', network: '', tool: '', split: '' },
    ...{ timeMs: Number.NaN, capitals: 0, noise: false },
  }
  readonly features: readonly DataFeature[]
  private readonly kind: DataKind
  private readonly textNames: readonly string[]
  private readonly values: RowValues
  private readonly textColumns: readonly TextColumnBuilder[]
  private readonly group = new TextColumnBuilder()
  private readonly network = new TextColumnBuilder()
  private readonly tool = new TextColumnBuilder()
  private readonly split = new TextColumnBuilder()
  private readonly asides = new RowValues(4)
  private readonly malformed: Record<string, number> = {}

  constructor(kind: DataKind, features: readonly DataFeature[], textNames: readonly string[] = []) {
    this.kind = kind
    this.features = features
    this.textNames = textNames
    this.values = new RowValues(features.length)
    this.row = this.values.row
    this.texts = textNames.map(() => '')
    this.textColumns = textNames.map(() => new TextColumnBuilder())
  }

  add(): void {
    const { facts, asides } = this
    this.values.add()
    for (let i = 0; i < this.textColumns.length; i++) this.textColumns[i].add(this.texts[i])
    this.group.add(facts.group)
    this.network.add(facts.network)
    this.tool.add(facts.tool)
    this.split.add(facts.split)
    asides.row[0] = facts.attack ? 1 : 0
    asides.row[1] = facts.timeMs
    asides.row[2] = facts.capitals
    asides.row[3] = facts.noise ? 1 : 0
    asides.add()
  }

  /** Counts what is left out. */
  leaveOut(reason: string, count = 1): void {
    this.malformed[reason] = (this.malformed[reason] ?? 0) + count
  }

  build(): DataSet {
    const matrix = this.values.build(this.features.map(({ name }) => name))
    const { values } = this.asides.build(['attack', 'timeMs', 'capitals', 'noise'])
    const aside = (column: number) => Float64Array.from({ length: matrix.rows }, (_, row) => values[row * 4 + column])
    return {
      kind: this.kind,
      matrix,
      features: this.features,
      y: Uint8Array.from(aside(0)),
      texts: this.textNames.map((name, i) => ({ name, column: this.textColumns[i].build() })),
      group: this.group.build(),
      network: this.network.build(),
      tool: this.tool.build(),
      split: this.split.build(),
      timeMs: aside(1),
      capitals: aside(2),
      noise: Uint8Array.from(aside(3)),
      malformed: this.malformed,
    }
  }
}
