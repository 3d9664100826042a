import { describe, expect, it } from 'vitest'
import { murmur2, partitionOfKey } from './partition-of-key.ts'

describe('murmur2', () => {
  // What org.apache.kafka.common.utils.Utils.murmur2 of kafka-clients 3.9.1 gives.
  it.each([
    ['', 275646681],
    ['a', -1563381124],
    ['ab', 316155434],
    ['abc', 479470107],
    ['foobar', -790332482],
    ['golf.test', 257959731],
    ['evil.example', -1099027101],
  ])('of "%s" is what Kafka computes', (key, hash) => {
    expect(murmur2(Buffer.from(key))).toBe(hash)
  })

  it('chooses the partition that Kafka clients choose', () => {
    expect(['', 'a', 'ab', 'abc', 'evil.example', 'golf.test', 'foobar'].map((key) => partitionOfKey(key, 8))).toEqual([
      1, 4, 2, 3, 3, 3, 6,
    ])
  })
})
