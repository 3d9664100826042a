import { describe, expect, it } from 'vitest'
import { formatRcode, formatType, parseRcode, parseType } from './types.ts'

describe('record types', () => {
  it.each([
    [1, 'A'],
    [10, 'NULL'],
    [25, 'KEY'],
    [64, 'SVCB'],
    [65, 'HTTPS'],
    [255, 'ANY'],
    [65280, 'TYPE65280'],
  ])('%i is %s', (number, name) => {
    expect(formatType(number)).toBe(name)
    expect(parseType(name)).toBe(number)
    expect(parseType(name.toLowerCase())).toBe(number)
    expect(parseType(String(number))).toBe(number)
  })

  it('come back from their names, all 65,536', () => {
    const lost = Array.from({ length: 0x10000 }, (_, type) => type).filter(
      (type) => parseType(formatType(type)) !== type,
    )
    expect(lost).toEqual([])
  })

  it('takes * for ANY and TYPEn for a type that has a name', () => {
    expect(parseType('*')).toBe(255)
    expect(parseType('TYPE16')).toBe(16)
  })

  it.each(['', '-', 'TYPE', 'TYPE65536', '65536', 'TYPE-1', '1e3', 'toString', ' A'])('refuses %j', (text) => {
    expect(parseType(text)).toBe(-1)
  })
})

describe('rcodes', () => {
  it('have names, numbers and a way back', () => {
    expect(formatRcode(3)).toBe('NXDOMAIN')
    expect(formatRcode(24)).toBe('RCODE24')
    expect(parseRcode('NoError')).toBe(0)
    expect(parseRcode('3841')).toBe(3841)
    expect(parseRcode('4096')).toBe(-1)
    for (let rcode = 0; rcode <= 0xfff; rcode++) expect(parseRcode(formatRcode(rcode))).toBe(rcode)
  })
})
