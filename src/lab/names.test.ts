import { expect, test } from 'vitest'
import { composeName, prefixesUnder, splitName } from './names.ts'
import { words } from './words.ts'
import { assertLabZone, prefixRoom } from './zone.ts'

test('any octet comes back from presentation form', () => {
  const labels = [String.fromCharCode(0, 46, 92, 32, 255), 'Aa']
  const qname = composeName(labels, 'x.test')
  expect(qname).toBe('\\000\\.\\\\\\032\\255.Aa.x.test')
  expect(splitName(qname)).toEqual([...labels, 'x', 'test'])
  expect(prefixesUnder([qname, 'x.test', 'a.y.test', 'b.X.TEST'], 'x.test')).toEqual([labels, ['b']])
})

test('a name may fill all it has, and not more', () => {
  const room = prefixRoom('x.test')
  const labels = ['a'.repeat(63), 'b'.repeat(63), 'c'.repeat(63), 'd'.repeat(room - 3 * 64 - 1)]
  expect(composeName(labels, 'x.test')).toHaveLength(253)
  expect(() => composeName([...labels.slice(0, 3), `${labels[3]}d`], 'x.test')).toThrow(/do not fit/)
  expect(() => composeName(['a'.repeat(64)], 'x.test')).toThrow(/64 octets/)
  expect(() => composeName([''], 'x.test')).toThrow(/0 octets/)
})

test('zones are reserved ones', () => {
  for (const zone of ['test', 'a.test', 'b-1.example', 'a.b.c.invalid']) assertLabZone(zone)
  for (const zone of ['com', 'a.test.com', 'A.test', '-a.test', `${'a.'.repeat(130)}test`]) {
    expect(() => assertLabZone(zone)).toThrow(/the lab makes names under/)
  }
})

test('the word list has 2,048 words', () => {
  expect(new Set(words).size).toBe(2048)
  expect(words.every((word) => /^[a-z]{5,7}$/.test(word))).toBe(true)
})
