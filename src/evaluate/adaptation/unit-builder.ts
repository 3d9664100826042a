import type { Unit } from './unit.ts'

/** Collects the rows of one unit. */
export class UnitBuilder {
  private readonly id: string
  private readonly attack: boolean
  private readonly tool: string
  private readonly x: number[] = []
  private readonly timeMs: number[] = []
  private readonly probability: number[] = []
  private readonly fired: number[] = []
  private readonly accountRatio: number[] = []

  constructor(id: string, attack: boolean, tool: string) {
    this.id = id
    this.attack = attack
    this.tool = tool
  }

  get rows(): number {
    return this.timeMs.length
  }

  add(
    features: Float64Array,
    timeMs: number,
    said: { probability: number; fired: boolean; accountRatio: number },
  ): void {
    for (const value of features) this.x.push(value)
    this.timeMs.push(timeMs)
    this.probability.push(said.probability)
    this.fired.push(said.fired ? 1 : 0)
    this.accountRatio.push(said.accountRatio)
  }

  build(): Unit {
    const { id, attack, tool, rows, timeMs } = this
    return {
      ...{ id, attack, tool, rows },
      x: Float64Array.from(this.x),
      offsetMs: Float64Array.from(timeMs, (time) => Math.max(0, time - timeMs[0])),
      probability: Float64Array.from(this.probability),
      fired: Uint8Array.from(this.fired),
      accountRatio: Float64Array.from(this.accountRatio),
    }
  }
}
