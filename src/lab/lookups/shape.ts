import { composeName } from '../names.ts'
import { QTYPE } from '../qtypes.ts'
import { assertLabZone } from '../zone.ts'
import type { Lookup, LookupShape } from './lookup.ts'

/** What one question is made of; the type is A where it is missing. */
export type Question = Omit<Lookup, 'qname' | 'qtype'> & { readonly labels: readonly string[]; readonly qtype?: number }

/** A shape whose questions do not depend on each other. */
export function createShape(
  name: string,
  description: string,
  zone: string,
  question: (random: () => number) => Question,
): LookupShape {
  return {
    name,
    description,
    zone,
    ask(count, random, under = zone) {
      assertLabZone(under)
      return Array.from({ length: count }, () => {
        const { labels, qtype = QTYPE.A, ...answer } = question(random)
        return { qname: composeName(labels, under), qtype, ...answer }
      })
    },
  }
}
