import { describe, expect, it } from 'vitest'
import { message, octets, pointer, question, record, u16 } from '../../dns/message.testing.ts'
import { loadPublicSuffixes } from '../../dns/public-suffix.ts'
import { MASKED_OCTETS_MAX, MaskedOctets } from './masked-octets.ts'
import { gramProfile, sequenceProfile } from './packet-profile.ts'

const masked = new MaskedOctets(loadPublicSuffixes())
const kept = (bytes: Uint8Array) => {
  const padded = new Uint8Array(bytes.length + 9)
  padded.set(bytes, 4)
  return masked.read(padded, 4, 4 + bytes.length) ? [...masked.octets.subarray(0, masked.length)] : undefined
}

describe('MaskedOctets', () => {
  it('keeps what a question says, and neither id, flags, counts, domain nor EDNS', () => {
    const asked = message(0x0100, [1, 0, 0, 0], question('ab.tunnel.example', 16))
    const other = Uint8Array.from(asked)
    other.set([9, 9, 1, 0x20], 0)
    const edns = message(0x0100, [1, 0, 0, 1], question('ab.tunnel.example', 16), [0], u16(41, 1232), u16(0, 0), u16(0))
    const same = [...octets([2, 0x61, 0x62], u16(16, 1))]
    for (const bytes of [asked, other, edns, message(0x0100, [1, 0, 0, 0], question('ab.another.co.uk', 16))]) {
      expect(kept(bytes)).toEqual(same)
    }
  })

  it('keeps of an answer its types, lengths and data, the domain taken out of them, TTLs never', () => {
    const target = octets('xy.tunnel.example')
    const answer = (ttl: number) =>
      message(
        0x8180,
        [1, 2, 0, 0],
        question('ab.tunnel.example', 5),
        record(pointer(12), 5, target, 1, ttl),
        record(pointer(12), 1, [1, 2, 3, 4], 1, ttl),
      )
    expect(kept(answer(60))).toEqual([
      ...octets([2, 0x61, 0x62], u16(5, 1)),
      ...octets(u16(5, target.length), [2, 0x78, 0x79, 0]),
      ...octets(u16(1, 4), [1, 2, 3, 4]),
    ])
    expect(kept(answer(3600))).toEqual(kept(answer(60)))
  })

  it('reads no more than there is, whatever the message says', () => {
    const whole = message(
      0x8180,
      [1, 9, 0, 0],
      question('ab.tunnel.example', 16),
      record(pointer(12), 16, new Array(3000).fill(7)),
    )
    for (let length = 0; length < whole.length; length += 7) {
      const found = kept(whole.subarray(0, length))
      if (found) expect(found.length).toBeLessThanOrEqual(MASKED_OCTETS_MAX)
    }
    expect(kept(message(0x0100, [0, 0, 0, 0], question('a.example')))).toBeUndefined()
    expect(kept(message(0x0100, [1, 0, 0, 0], pointer(12), u16(1, 1)))).toBeUndefined()
    expect(kept(Uint8Array.of(1, 2, 3))).toBeUndefined()
  })
})

describe('profiles of packets', () => {
  const text = Buffer.from('aab')
  const row = (profile: ReturnType<typeof gramProfile>) => {
    const out = new Float64Array(profile.columns.length + 2).fill(9)
    profile.extract(text, text.length, out, 1)
    expect([out[0], out.at(-1)]).toEqual([9, 9])
    return out.subarray(1, out.length - 1)
  }

  it('count octets as the original did: one and the logarithm', () => {
    const natural = row(gramProfile(1, 'e'))
    expect([natural[0x61], natural[0x62], natural[0x63]]).toEqual([1 + Math.log(2), 1, 0])
    expect(row(gramProfile(1, '2'))[0x61]).toBe(2)
    expect(row(gramProfile(1, '10'))[0x61]).toBeCloseTo(1.30103, 5)
    expect(row(gramProfile(1, 'none'))[0x61]).toBe(2)
    expect(gramProfile(1, 'e').columns[0x61]).toBe('b61')
  })

  it('count runs, and keep order where they are sequences', () => {
    const pairs = row(gramProfile(2, 'none'))
    expect(pairs.reduce((sum, count) => sum + count, 0)).toBe(2)
    expect([...row(sequenceProfile(5))]).toEqual([97, 97, 98, Number.NaN, Number.NaN])
  })
})
