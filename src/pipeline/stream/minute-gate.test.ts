import { describe, expect, it } from 'vitest'
import type { ClientFact } from '../../detect/client-facts.ts'
import { MinuteGate } from './minute-gate.ts'

const MINUTE = 60_000
const fact = (firstMs: number) => ({ firstMs }) as ClientFact
const handOver = (partition: number, passedMs: number, facts: number[] = [], idle = false) => ({
  ...{ partition, passedMs, idle, facts: facts.map(fact), alerted: [] },
})
const opened = (gate: MinuteGate) => [...gate.open()].map((facts) => facts.map(({ firstMs }) => firstMs))

describe('MinuteGate', () => {
  it('opens a minute when every partition has passed it', () => {
    const gate = new MinuteGate(2)
    gate.add(handOver(0, 2 * MINUTE, [MINUTE + 1]))
    expect(opened(gate)).toEqual([])
    gate.add(handOver(1, MINUTE, []))
    expect(opened(gate)).toEqual([])
    gate.add(handOver(1, 3 * MINUTE, [MINUTE + 5]))
    expect(opened(gate)).toEqual([[MINUTE + 1, MINUTE + 5]])
    expect(opened(gate)).toEqual([])
  })

  it('opens minutes in order of time, however they came', () => {
    const gate = new MinuteGate(2)
    gate.add(handOver(0, MINUTE, [7]))
    gate.add(handOver(0, 9 * MINUTE, [5 * MINUTE]))
    gate.add(handOver(1, 9 * MINUTE, [2 * MINUTE]))
    expect(opened(gate)).toEqual([[7], [2 * MINUTE], [5 * MINUTE]])
  })

  it('waits for no partition that says it is idle, until it is not', () => {
    const gate = new MinuteGate(2)
    gate.add(handOver(1, MINUTE, [], true))
    gate.add(handOver(0, 5 * MINUTE, [4 * MINUTE]))
    expect(opened(gate)).toEqual([[4 * MINUTE]])
    gate.add(handOver(1, 6 * MINUTE, [5 * MINUTE]))
    expect(opened(gate)).toEqual([])
    gate.add(handOver(0, 7 * MINUTE))
    expect(opened(gate)).toEqual([[5 * MINUTE]])
    expect(gate.isIdle).toBe(false)
    gate.add(handOver(0, 7 * MINUTE, [], true))
    gate.add(handOver(1, 7 * MINUTE, [], true))
    expect(gate.isIdle).toBe(true)
  })

  it('takes no hand-over twice, as a partition that is read again makes it', () => {
    const gate = new MinuteGate(1)
    expect(gate.add(handOver(0, MINUTE, [1]))).toBe(true)
    expect(gate.add(handOver(0, MINUTE, [1]))).toBe(false)
    expect(opened(gate)).toEqual([[1]])
    expect(gate.add(handOver(0, MINUTE, [], true))).toBe(true)
    expect(gate.add(handOver(0, MINUTE, [], true))).toBe(false)
  })

  it('goes on from its memory', () => {
    const gate = new MinuteGate(2)
    gate.add(handOver(0, 2 * MINUTE, [1]))
    const again = new MinuteGate(2)
    again.resume(structuredClone(gate.memory()))
    again.add(handOver(1, 2 * MINUTE, [2]))
    expect(opened(again)).toEqual([[1, 2]])
  })

  it('holds only so many facts for a partition that never comes', () => {
    const gate = new MinuteGate(2)
    let taken = 0
    for (let minute = 1; minute < 300; minute++) {
      gate.add(handOver(0, minute * MINUTE, Array<number>(1000).fill((minute - 1) * MINUTE)))
      for (const facts of gate.open()) taken += facts.length
    }
    expect(taken).toBeGreaterThan(0)
    expect(299_000 - taken).toBeLessThanOrEqual(1 << 18)
  })
})
