import { expect, it } from 'vitest'
import { domainKey } from './domain-key.ts'
import { editDistance, NearestNames } from './nearest-names.ts'

it('measures edit distance', () => {
  expect(editDistance('kitten', 'sitting')).toBe(3)
  expect(editDistance('', 'abc')).toBe(3)
  expect(editDistance('same', 'same')).toBe(0)
})

it('keeps the five nearest, whatever their order', () => {
  const names = ['golf.test', 'gold.test', 'goal.test', 'wolf.test', 'gulf.test', 'far.example', 'golf.test']
  const lists = [names, names.toReversed()].map((order) => {
    const nearest = new NearestNames('golf.tost')
    for (const name of order) nearest.add(name)
    return nearest.names
  })
  expect(lists[0]).toEqual(['golf.test', 'gold.test', 'gulf.test', 'wolf.test', 'goal.test'])
  expect(lists[1]).toEqual(lists[0])
})

it('reduces names to what accounts are kept under', () => {
  expect(domainKey('a.b.Example.CO.UK.')?.domain).toBe('example.co.uk')
  expect(domainKey('www.bücher.example')?.domain).toBe('xn--bcher-kva.example')
  expect(domainKey('a.tenant.github.io')?.domain).toBe('tenant.github.io')
  for (const none of ['', '.', 'co.uk', 'a..b', `${'x'.repeat(64)}.example`])
    expect(domainKey(none), none).toBeUndefined()
})
