import { expect, test } from 'vitest'
import { encoders } from '../encoders/index.ts'
import { lookupShapes } from '../lookups/index.ts'
import { rowsOf } from './capture.testing.ts'
import { encodingScenes, lookupScenes, slowLeakScenes } from './index.ts'

const payloadOf = (leaked: readonly { payloadOctets: number }[]) =>
  leaked.reduce((sum, { payloadOctets }) => sum + payloadOctets, 0)

test('there is a scene of every encoder and of every shape', () => {
  expect(new Set(encodingScenes.map(({ name }) => name))).toEqual(new Set(encoders.map(({ name }) => name)))
  expect(lookupScenes.map(({ name }) => name)).toEqual(lookupShapes.map(({ name }) => name))
})

test('an encoding carries its whole payload, among as many others as it says', async () => {
  for (const scene of encodingScenes.filter(({ name, payload }) => name === 'hex' && payload === 'random')) {
    const staged = scene.stage()
    const rows = await rowsOf(staged.source)
    expect(payloadOf(staged.leaked)).toBe(24 * 1024)
    expect(rows.length).toBe(Math.floor(staged.leaked.length * (1 + scene.ordinary)))
    expect(scene.packedOctets(1000)).toBe(1000)
  }
})

test('text packs', () => {
  const scene = encodingScenes.find(({ payload }) => payload === 'text')!
  expect(scene.packedOctets(1000)).toBeLessThan(700)
  expect(scene.packedOctets(10)).toBe(10)
})

test('look-ups are a tenth of what their client asks, under top-level labels that exist', async () => {
  const rows = await rowsOf(lookupScenes.find(({ name }) => name === 'antivirus-hash')!.stage().source)
  expect(rows.length).toBe(2000)
  expect(rows.filter(({ qname }) => qname.endsWith('.avqs.hash-check.com')).length).toBe(200)
})

test('the days of a slow leak are the week, a kibibyte each', async () => {
  const scene = slowLeakScenes[0]
  const days = scene.stageByDay()
  const pieces = []
  for (const day of days) {
    pieces.push(...(await rowsOf(day.source)))
    expect(Math.abs(payloadOf(day.leaked) - 1024)).toBeLessThanOrEqual(60)
  }
  const whole = scene.stage()
  expect(pieces).toEqual(await rowsOf(whole.source))
  expect(payloadOf(whole.leaked)).toBe(7 * 1024)
})

test('a stage stops where it is told to', async () => {
  const { source } = encodingScenes[0].stage()
  const stop = new AbortController()
  let rows = 0
  for await (const batch of source.read(stop.signal)) {
    rows += batch.rows
    stop.abort()
  }
  expect(rows).toBe(256)
})
