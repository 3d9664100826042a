import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OctetStrings } from './octet-strings.ts'
import { PrefixSamples } from './prefix-samples.ts'

describe('OctetStrings', () => {
  it('gives back what it was given, in order, all 256 octets', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 20 })), fc.nat(5), (strings, shifts) => {
        const kept = new OctetStrings()
        for (const octets of strings) kept.add(Uint8Array.from([1, 2, ...octets, 3]), 2, octets.length)
        for (let i = 0; i < shifts; i++) kept.shift()
        expect(kept.list()).toEqual(strings.slice(shifts))
        expect(kept.size).toBe(Math.max(0, strings.length - shifts))
      }),
    )
  })

  it('says about how much it holds', () => {
    const kept = new OctetStrings()
    expect(kept.sizeBytes).toBe(0)
    for (let i = 0; i < 10; i++) kept.add(new Uint8Array(30), 0, 30)
    const full = kept.sizeBytes
    expect(full).toBeGreaterThanOrEqual(300)
    kept.shift()
    expect(kept.sizeBytes).toBe(full * 0.9)
  })
})

describe('PrefixSamples', () => {
  const octets = (text: string) => Buffer.from(text)

  it('keeps the first names and the latest prefixes', () => {
    const samples = new PrefixSamples()
    for (let i = 0; i < 100; i++) {
      samples.keepName(octets(`xx${i}`), 2, String(i).length, 1, false)
      samples.keepPrefix(octets(`${i}`), String(i).length)
    }
    expect(samples.first.map((name) => Buffer.from(name).toString())).toEqual(
      Array.from({ length: 12 }, (_, i) => `${i}`),
    )
    const latest = samples.ordered().map((prefix) => Buffer.from(prefix).toString())
    expect(latest).toEqual(Array.from({ length: 48 }, (_, i) => `${i + 52}`))
  })

  it('keeps more names of an alert', () => {
    const samples = new PrefixSamples()
    for (let i = 0; i < 100; i++) samples.keepName(octets('name'), 0, 4, 16, i >= 12)
    expect(samples.first.length).toBe(32)
  })
})
