import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { message, octets, u16 } from '../../dns/message.testing.ts'
import { loadPublicSuffixes } from '../../dns/public-suffix.ts'
import { MASKED_OCTETS_MAX, MaskedOctets } from './masked-octets.ts'
import { maskedQuery } from './masked-query.ts'

const masked = new MaskedOctets(loadPublicSuffixes())
const out = new Uint8Array(MASKED_OCTETS_MAX)

describe('maskedQuery', () => {
  it('is what the whole message would be read as', () => {
    const label = fc.uint8Array({ minLength: 1, maxLength: 63 })
    fc.assert(
      fc.property(fc.array(label, { maxLength: 3 }), fc.nat(0xffff), (labels, qtype) => {
        const prefix = labels.flatMap((bytes) => [bytes.length, ...bytes])
        const name = Uint8Array.from([...prefix, ...octets('tunnel.example').slice(0, -1)])
        const asked = message(0x0100, [1, 0, 0, 0], [...name, 0], u16(qtype, 1))
        expect(masked.read(asked, 0, asked.length)).toBe(true)
        const length = maskedQuery(name, prefix.length, qtype, out)
        expect([...out.subarray(0, length)]).toEqual([...masked.octets.subarray(0, masked.length)])
      }),
      { numRuns: 200 },
    )
  })

  it('writes no more than there is room for', () => {
    expect(maskedQuery(new Uint8Array(255), 255, 1, new Uint8Array(10))).toBe(10)
  })
})
