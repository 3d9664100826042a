import { expect, it } from 'vitest'
import { contextOf, valuesOf } from './extract.testing.ts'
import { language } from './language.ts'

it('passes on the bits it is told, in all and for each octet of the prefix and its end', () => {
  const context = { ...contextOf('a.bcd'), languageBits: 30 }
  expect(valuesOf(language, context)).toEqual({ languageBits: 30, languageBitsPerOctet: 5 })
})

it('has an octet to divide by where there is no prefix', () => {
  const context = { ...contextOf(''), languageBits: 1.5 }
  expect(valuesOf(language, context)).toEqual({ languageBits: 1.5, languageBitsPerOctet: 1.5 })
})
