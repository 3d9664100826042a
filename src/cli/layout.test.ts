import { expect, it } from 'vitest'
import { outputLayout } from './layout.ts'

const stream = (columns: number | undefined, isTTY = true) => ({ columns, isTTY }) as unknown as NodeJS.WriteStream

it('colours a terminal only, and not where NO_COLOR is set to something', () => {
  expect(outputLayout(stream(80), {}).colour).toBe(true)
  expect(outputLayout(stream(80), { NO_COLOR: '' }).colour).toBe(true)
  expect(outputLayout(stream(80), { NO_COLOR: '1' }).colour).toBe(false)
  expect(outputLayout(stream(80), { TERM: 'dumb' }).colour).toBe(false)
  expect(outputLayout(stream(undefined, false), { FORCE_COLOR: '1' }).colour).toBe(false)
})

it('is as wide as the terminal within reason, and 80 columns elsewhere', () => {
  expect(outputLayout(stream(60), {}).columns).toBe(60)
  expect(outputLayout(stream(300), {}).columns).toBe(100)
  expect(outputLayout(stream(10), {}).columns).toBe(48)
  expect(outputLayout(stream(0), {}).columns).toBe(80)
  expect(outputLayout(stream(undefined, false), {}).columns).toBe(80)
})
