import { PrefixText } from '../../dns/prefix-text.ts'
import { parseType } from '../../dns/types.ts'
import type { WindowFeatureFamily } from './family.ts'
import { type WindowExchange, WindowTally } from './window-tally.ts'

/** What a test writes of an exchange; the rest is an answered A query of one client, a second after the last. */
export interface Asked extends Partial<Omit<WindowExchange, 'prefix' | 'novel' | 'qtype'>> {
  readonly prefix: string
  readonly qtype?: string
}

/** The tally of some queries: `'a b a?TXT'`, or rows where more than name and type matters. */
export function tallyOf(asked: string | readonly Asked[]): WindowTally {
  const rows = typeof asked === 'string' ? asked.split(' ').filter(Boolean).map(askedOf) : asked
  const tally = new WindowTally()
  const prefix = new PrefixText()
  const heard = new Set<string>()
  for (const [i, row] of rows.entries()) {
    prefix.readText(Buffer.from(row.prefix, 'latin1'))
    tally.add({
      ...{ timeMs: i * 1000, rcode: 0, answerOctets: 16, answerLo: 1, answerHi: 0, clientLo: 5, clientHi: 5, ...row },
      prefix,
      novel: !heard.has(row.prefix),
      qtype: parseType(row.qtype ?? 'A'),
    })
    heard.add(row.prefix)
  }
  return tally
}

function askedOf(text: string): Asked {
  const [prefix, qtype = 'A'] = text.split('?')
  return { prefix, qtype }
}

/** A family's values by feature name. */
export function valuesOf(family: WindowFeatureFamily, tally: WindowTally): Record<string, number> {
  const out = new Float64Array(family.features.length)
  family.extract(tally, out, 0)
  return Object.fromEntries(family.features.map(({ name }, i) => [name, out[i]]))
}
