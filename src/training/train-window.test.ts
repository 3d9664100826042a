import { expect, it } from 'vitest'
import { windowFeatures } from '../features/window/index.ts'
import { trainWindow, type WindowExample } from './train-window.ts'

const column = windowFeatures.findIndex(({ name }) => name === 'newNames')

function example(newNames: number, tool?: string): WindowExample {
  const values = new Float64Array(windowFeatures.length)
  values[column] = newNames
  return { values, tool: tool }
}

const benign = Array.from({ length: 200 }, (_, i) => example(i % 20))
const tunnels = [...Array.from({ length: 8 }, (_, i) => example(100 + i, 'iodine')), example(15, 'slow')]

it('ranks tunnels above hosts, and the same each time', () => {
  const [one, other] = [1, 1].map((seed) => trainWindow([...benign, ...tunnels], seed))
  const score = (model: typeof one, newNames: number) => model.scoreOne(example(newNames).values)
  expect(score(one, 100)).toBeGreaterThan(score(one, 3))
  expect(score(other, 57)).toBe(score(one, 57))
})

it('gives a tool of one capture the weight of a tool of eight', () => {
  const many = trainWindow([...benign, ...tunnels], 1)
  const few = trainWindow([...benign, ...tunnels.slice(0, 8)], 1)
  expect(many.scoreOne(example(15).values)).toBeGreaterThan(few.scoreOne(example(15).values) + 1)
})

it('never scores a domain lower for telling more', () => {
  const model = trainWindow([...benign.map(({ values }) => ({ values, tool: 'odd' })), example(300)], 1)
  expect(model.scoreOne(example(300).values)).toBeGreaterThanOrEqual(model.scoreOne(example(3).values))
})
