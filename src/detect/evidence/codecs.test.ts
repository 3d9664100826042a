import { describe, expect, test } from 'vitest'
import { CODECS } from './codecs.ts'

const find = (name: string, across: boolean) => CODECS.filter((codec) => codec.name === name && codec.across === across)
const decode = (name: string, labels: string[], across = false) => {
  const [octets] = find(name, across)
    .map((codec) => codec.decode(labels))
    .filter((result) => result !== null)
  return octets ? Buffer.from(octets).toString('latin1') : null
}

describe('vectors of RFC 4648 section 10', () => {
  test.each([
    ['hex', '666f6f626172', '666F6F626172'],
    ['base32', 'mzxw6ytboi', 'MZXW6YTBOI======'],
    ['base32hex', 'cpnmuoj1e8', 'CPNMUOJ1E8======'],
    ['base64', 'Zm9vYmFy', 'Zm9vYmFy'],
  ])('%s', (name, plain, padded) => {
    expect(decode(name, [plain])).toBe('foobar')
    expect(decode(name, [padded])).toBe('foobar')
  })

  test('base64url has its own two symbols', () => {
    expect(decode('base64url', ['-_-_'])).toBe('\xfb\xff\xbf')
    expect(decode('base64', ['+/+/'])).toBe('\xfb\xff\xbf')
    expect(decode('base64 (_ for +, - for /)', ['_-_-'])).toBe('\xfb\xff\xbf')
  })
})

test('names that stand alone end as an encoder ends them', () => {
  expect(decode('hex', ['666'])).toBeNull()
  expect(decode('base32', ['mzxw6ytbo'])).toBeNull()
  expect(decode('base64', ['Zm9vYmF'])).toBeNull()
})

test('joined names may end anywhere', () => {
  expect(decode('hex', ['66', '6f6', 'f626'], true)).toBe('foob')
  expect(decode('base64', ['Zm9', 'vYmF'], true)).toBe('fooba')
})

test('numbers keep leading zero octets where zeros keep their place', () => {
  expect(decode('decimal', ['0000065537'])).toBe('\0\x01\0\x01')
  expect(decode('decimal', ['102111111098097114'])).toBe('foobar')
  expect(decode('base36', ['zzzz'])).toBe('\x19\xa0\xff')
})

test('hexadecimal of hexadecimal, but not of numbers', () => {
  const twice = Buffer.from(Buffer.from('foobar says so').toString('hex')).toString('hex')
  expect(decode('double hex', [twice], true)).toBe('foobar says so')
  expect(decode('double hex', [Buffer.from('20261122134512345678').toString('hex')], true)).toBeNull()
})

test('strangers are refused by all', () => {
  for (const codec of CODECS) expect(codec.decode(['foo!bar', '\xff'])).toBeNull()
})
