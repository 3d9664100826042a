import { describe, expect, it } from 'vitest'
import { wire } from '../batch/rows.testing.ts'
import { PrefixText } from '../dns/prefix-text.ts'
import { addressBits, labelFormBits, leadingAddressLabels } from './form-code.ts'

const bits = (label: string) => labelFormBits(Buffer.from(label), 0, label.length)

function leading(name: string): number {
  const prefix = new PrefixText()
  const octets = wire(name)
  prefix.read(octets, 0, octets.length)
  return leadingAddressLabels(prefix)
}

const NIBBLES = [...'20010db8000000000000000000000001'].reverse().join('.')

describe('labelFormBits', () => {
  it.each([
    ['123e4567-e89b-12d3-a456-426614174000', 128],
    ['deadbeef', 6 + 32],
    ['a', 6 + 4],
    ['0123456789', 6 + 10 * Math.log2(10)],
  ])('%s costs %f bits', (label, expected) => expect(bits(label)).toBeCloseTo(expected, 9))

  it.each([
    ['www', 'a letter past f'],
    ['123e4567-e89b-12d3-a456-42661417400', 'a digit short of a UUID'],
    ['123e4567e-89b-12d3-a456-426614174000', 'a hyphen out of place'],
    ['1-2', 'a hyphen in digits'],
    ['------------------------------------', 'hyphens alone'],
  ])('%s has no form: %s', (label) => expect(bits(label)).toBe(Number.POSITIVE_INFINITY))

  it('names each label of a form at a price that all of them can pay', () => {
    // Kraft, form by form, over every length.
    for (const digits of [10, 16]) {
      let sum = 0
      const digit = digits === 10 ? '7' : 'f'
      for (let length = 1; length <= 63; length++) {
        sum += 2 ** (length * Math.log2(digits) - bits(digit.repeat(length)))
      }
      expect(sum).toBeLessThanOrEqual(1)
    }
  })
})

describe('leadingAddressLabels', () => {
  it.each([
    ['4.3.2.1', 4],
    ['255.255.255.255.key', 4],
    ['0.0.0.0', 4],
    [NIBBLES, 32],
    [`${NIBBLES}.zone`, 32],
    ['1.2.3', 0],
    ['256.1.1.1', 0],
    ['1.2.3.x', 0],
    ['key.1.2.3.4', 0],
    ['0001.2.3.4', 0],
  ])('%s: %i', (name, labels) => expect(leading(name)).toBe(labels))

  it('takes no octet with a leading zero: its spelling would say more than the 32 bits charged', () => {
    expect(leading('01.2.3.4')).toBe(0)
    expect(leading('1.2.3.004')).toBe(0)
  })

  it('costs 32 and 128 bits', () => expect([addressBits(4), addressBits(32)]).toEqual([32, 128]))
})
