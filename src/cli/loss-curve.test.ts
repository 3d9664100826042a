import { expect, it } from 'vitest'
import { lossCurve, showLosses } from './loss-curve.ts'

it('draws losses from the highest to the lowest', () => {
  expect(lossCurve([1, 0.5, 0])).toBe('█▅▁')
  expect(lossCurve([2, 2])).toBe('▁▁')
  expect(lossCurve([])).toBe('')
  expect(lossCurve([...Array(40).keys()].reverse())).toHaveLength(30)
  expect(lossCurve([1, Number.NaN, 0])).toBe('█▁')
})

it('shows each pass, and begins anew with the next net', () => {
  const told: string[] = []
  const show = showLosses((done, of, what) => told.push(`${done + 1}/${of} ${what}`))
  show(1, 2, 0.8, 0.9)
  show(2, 2, 0.4, 0.7)
  show(1, 2, 0.6, undefined)
  expect(told).toEqual([
    '1/2 passes, loss 0.8000 ▁, held out 0.9000 ▁',
    '2/2 passes, loss 0.4000 █▁, held out 0.7000 █▁',
    '1/2 passes, loss 0.6000 ▁',
  ])
})
