import { describe, expect, it } from 'vitest'
import { createRandom, randomInteger } from '../stats/random.ts'
import { lookupForm } from './lookup-form.ts'

const HEX = '0123456789abcdef'
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'
const random = createRandom(7)

function draw(length: number, alphabet = HEX): string {
  return Array.from({ length }, () => alphabet[randomInteger(random, alphabet.length)]).join('')
}

const names = (make: (i: number) => string, count = 20) => Array.from({ length: count }, (_, i) => make(i))
const octet = () => String(randomInteger(random, 256))

describe('a look-up’s form', () => {
  it.each([
    ['block list, IPv4', 'address', names(() => `${octet()}.${octet()}.${octet()}.${octet()}`)],
    ['block list with a key', 'address', names(() => `${octet()}.${octet()}.${octet()}.${octet()}.k3y`)],
    ['block list, IPv6', 'address', names(() => [...draw(32)].join('.'))],
    ['a UUID', 'uuid', names(() => `${draw(8)}-${draw(4)}-${draw(4)}-${draw(4)}-${draw(12)}.events`)],
    ['a hash of 32 digits', 'uuid', names(() => `${draw(32)}.files`)],
    ['a hash of 40 digits', 'fixed', names(() => `${draw(40)}.files`)],
    ['a hash in base32', 'fixed', names(() => draw(52, BASE32))],
    ['a short hash', 'fixed', names(() => draw(7, BASE32))],
    ['one that is shorter now and then', 'fixed', names((i) => draw(i % 5 === 0 ? 30 : 31))],
    ['a host number', 'fixed', names((i) => `push-${10 + ((i * 7) % 80)}`)],
  ])('%s', (_, form, prefixes) => expect(lookupForm(prefixes)).toBe(form))

  it('may be broken by a few names of another cut', () => {
    expect(lookupForm([...names(() => draw(40), 18), 'c.d', 'a.b'])).toBe('fixed')
    expect(lookupForm([...names(() => draw(40), 8), 'a.b', 'c.d', 'e.f', 'g.h'])).toBeUndefined()
  })
})

describe('what speaks against it', () => {
  it.each([
    ['a header: a session in front of the payload', names(() => `7f3a${draw(40)}`)],
    ['a header behind a place that varies', names(() => `${draw(1)}paxx${draw(40)}`)],
    ['a counter in decimal', names((i) => `${i + 100}.${draw(40)}`)],
    ['a counter in hexadecimal', names((i) => `${(i + 4000).toString(16)}.${draw(40)}`)],
    ['a counter that skips', names((i) => `${i * 3 + 100}.${draw(40)}`)],
    ['text in hexadecimal', names((i) => Buffer.from(`user=alice file=${i % 7}${i}.txt`.slice(0, 20)).toString('hex'))],
    ['labels that vary behind an address', names(() => `1.2.3.4.${draw(20)}.${draw(20 + randomInteger(random, 9))}`)],
    ['lengths that vary', names((i) => draw(20 + 2 * (i % 9)))],
    ['label counts that vary', names((i) => names(() => draw(9), 1 + (i % 3)).join('.'))],
    ['no names at all', []],
  ])('%s', (_, prefixes) => expect(lookupForm(prefixes)).toBeUndefined())
})
