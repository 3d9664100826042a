import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldedCopy } from './folded-copy.ts'
import { PREFIX_MAX, PrefixText } from './prefix-text.ts'

type Labels = readonly (readonly number[])[]

const label = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 20 })
const labels = fc.array(label, { maxLength: 10 })
const wire = (parts: Labels) => Uint8Array.from(parts.flatMap((part) => [part.length, ...part]))
const fold = (octet: number) => (octet >= 0x41 && octet <= 0x5a ? octet + 32 : octet)

function read(name: Uint8Array, start = 0, length = name.length): PrefixText {
  const prefix = new PrefixText()
  prefix.read(name, start, length)
  return prefix
}

function labelsOf(prefix: PrefixText): number[][] {
  return Array.from({ length: prefix.labelCount }, (_, i) => [
    ...prefix.bytes.subarray(prefix.labelStart[i], prefix.labelEnd[i]),
  ])
}

describe('PrefixText', () => {
  it('is the labels, folded, with a dot between two', () => {
    fc.assert(
      fc.property(labels, (parts) => {
        const name = Uint8Array.from([9, 9, ...wire(parts), 3, 0x41])
        const prefix = read(name, 2, wire(parts).length)
        const folded = parts.map((part) => part.map(fold))
        expect(labelsOf(prefix)).toEqual(folded)
        const text = folded.flatMap((part, i) => (i === 0 ? part : [0x2e, ...part]))
        expect([...prefix.bytes.subarray(0, prefix.length)]).toEqual(text)
        expect(prefix.upperCount).toBe(parts.flat().filter((octet) => octet >= 0x41 && octet <= 0x5a).length)
      }),
    )
  })

  it('holds nothing of the name before it', () => {
    const prefix = read(wire([[1, 2, 3], [4]]))
    prefix.read(wire([]), 0, 0)
    expect([prefix.length, prefix.labelCount, prefix.upperCount]).toEqual([0, 0, 0])
  })

  it('never writes past its room, whatever the octets say', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: PREFIX_MAX }), (octets) => {
        const prefix = read(octets)
        expect(prefix.length).toBeLessThanOrEqual(PREFIX_MAX)
        expect(prefix.labelCount).toBeLessThanOrEqual(128)
        for (let i = 0; i < prefix.labelCount; i++) expect(prefix.labelEnd[i]).toBeLessThanOrEqual(prefix.length)
      }),
    )
    expect(read(new Uint8Array(254).fill(1)).labelCount).toBe(127)
  })

  it('selects labels in order, and all of them where none is wanted', () => {
    const whole = read(wire([[0x61], [0x42, 0x62], [0x63, 0x63, 0x63]]))
    const some = new PrefixText()
    some.select(whole, (label) => whole.labelEnd[label] - whole.labelStart[label] !== 2)
    expect([labelsOf(some), Buffer.from(some.bytes.subarray(0, some.length)).toString()]).toEqual([
      [[0x61], [99, 99, 99]],
      'a.ccc',
    ])
    expect(some.upperCount).toBe(0)
    some.select(whole, () => false)
    expect(labelsOf(some)).toEqual(labelsOf(whole))
    some.select(whole, () => true)
    expect([...some.bytes.subarray(0, some.length)]).toEqual([...whole.bytes.subarray(0, whole.length)])
    expect(whole.upperCount).toBe(1)
  })

  it('reads its own text back', () => {
    fc.assert(
      fc.property(
        fc.array(
          label.map((part) => part.map((octet) => (octet === 0x2e ? 0x2d : octet))),
          { minLength: 1, maxLength: 9 },
        ),
        (parts) => {
          const whole = read(wire(parts))
          const again = new PrefixText()
          again.readText(whole.bytes.slice(0, whole.length))
          expect(labelsOf(again)).toEqual(labelsOf(whole))
          expect(again.length).toBe(whole.length)
        },
      ),
    )
  })
})

describe('foldedCopy', () => {
  it('folds ASCII letters in a copy, and nothing else', () => {
    const all = Uint8Array.from({ length: 256 }, (_, octet) => octet)
    const copy = foldedCopy(all, 10, 200)
    expect([...copy]).toEqual([...all.subarray(10, 210)].map(fold))
    expect(all[0x41]).toBe(0x41)
  })
})
