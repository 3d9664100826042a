import { describe, expect, test } from 'vitest'
import { NAME_OCTETS_MAX, parseName } from '../../dns/name.ts'
import { createRandom } from '../../stats/random.ts'
import { splitName } from '../names.ts'
import { lookupShapes } from './index.ts'
import type { Lookup } from './lookup.ts'

const scratch = new Uint8Array(NAME_OCTETS_MAX + 1)

function sound({ qname, qtype, rcode, answer, answerOctets }: Lookup, zone: string): boolean {
  const within = parseName(qname, scratch, 0) > 0 && splitName(qname).every((label) => label.length <= 63)
  const there = zone === '' ? !qname.includes('.') : qname.endsWith(`.${zone}`)
  const answered = answer === 'none' ? answerOctets === 0 : rcode === 0 && answerOctets > 0 && answerOctets < 512
  return within && there && answered && qtype > 0 && (rcode === 0 || rcode === 3)
}

test('names are unique and in kebab-case', () => {
  const names = lookupShapes.map((shape) => shape.name)
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
})

describe.each(lookupShapes.map((shape) => [shape.name, shape] as const))('%s', (_name, shape) => {
  const asked = shape.ask(400, createRandom(1))

  test('asks as often as told, within the limits, with an answer that fits its rcode', () => {
    expect(asked).toHaveLength(400)
    expect(asked.filter((lookup) => !sound(lookup, shape.zone))).toEqual([])
    expect(shape.ask(0, createRandom(1))).toEqual([])
  })

  test('asks the same of the same seed, and else of another', () => {
    expect(shape.ask(400, createRandom(1))).toEqual(asked)
    expect(shape.ask(400, createRandom(2))).not.toEqual(asked)
  })

  test('stands under reserved names only, wherever it is put', () => {
    if (shape.zone === '') return
    const moved = shape.ask(50, createRandom(3), 'else.where.invalid')
    expect(moved.filter((lookup) => !sound(lookup, 'else.where.invalid'))).toEqual([])
    expect(() => shape.ask(1, createRandom(1), 'real.com')).toThrow(/\.test, \.example and \.invalid/)
  })

  test('asks what is new most of the time', () => {
    const share = new Set(asked.map((lookup) => lookup.qname)).size / asked.length
    expect(share).toBeGreaterThan(shape.name === 'kubernetes' ? 0.3 : 0.85)
  })
})
