import { expect, it } from 'vitest'
import { DnsBatch } from '../batch/dns-batch.ts'
import { addRow } from '../batch/rows.testing.ts'
import { hashed, hashOctets } from '../stats/hash.ts'
import { AddressHash } from './address-hash.ts'

it('hashes the address of each row, whatever it hashed before', () => {
  const batch = new DnsBatch(8)
  for (const client of ['10.0.0.5', '10.0.0.5', '10.0.1.5', '2001:db8::5', '::', '2001:db8::5'])
    addRow(batch, { qname: 'a.example', client })
  const hash = new AddressHash(7)
  for (const row of [0, 1, 2, 3, 4, 4, 5, 0, 3]) {
    hash.read(batch.client, batch.clientWords, row)
    hashOctets(batch.client, row * 16, 16, 7, false)
    expect([hash.lo, hash.hi]).toEqual([hashed.lo, hashed.hi])
  }
})

it('knows the address of nothing but zeros from the start', () => {
  const batch = new DnsBatch(1)
  batch.addRow()
  const hash = new AddressHash(7)
  hash.read(batch.client, batch.clientWords, 0)
  hashOctets(new Uint8Array(16), 0, 16, 7, false)
  expect([hash.lo, hash.hi]).toEqual([hashed.lo, hashed.hi])
})
