import { describe, expect, it } from 'vitest'
import { DnsBatch, TRANSPORT } from '../batch/dns-batch.ts'
import { wire } from '../batch/rows.testing.ts'
import { countLabels } from '../dns/name.ts'
import { loadPublicSuffixes } from '../dns/public-suffix.ts'
import { presentName } from './present.ts'
import { StreamKey } from './stream-key.ts'

const keys = new StreamKey(loadPublicSuffixes())

function keyOf(name: string, transport: number = TRANSPORT.udp): string {
  const batch = new DnsBatch(1)
  const row = batch.addRow()
  const octets = wire(name)
  batch.setName(row, octets, 0, octets.length, countLabels(octets, 0, octets.length))
  batch.transport[row] = transport
  keys.read(batch, row)
  return presentName(batch.arena.subarray(keys.start, keys.start + keys.length))
}

describe('the key of an exchange', () => {
  it.each([
    ['a.b.evil.example', 'evil.example'],
    ['x.example.co.uk', 'example.co.uk'],
    ['tenant.github.io', 'tenant.github.io'],
    ['co.uk', 'co.uk'],
    ['localhost', 'localhost'],
    ['4.3.2.1.in-addr.arpa', '2.1.in-addr.arpa'],
    ['www.other.example.corp.example', 'corp.example'],
  ])('of %s is %s', (name, key) => {
    expect(keyOf(name)).toBe(key)
  })

  it('is of a name that stays on the link what its labels say', () => {
    expect(keyOf('host.local', TRANSPORT.multicast)).toBe('host.local')
  })
})
