import { randomInteger } from '../../stats/random.ts'
import { pick } from '../noise.ts'
import { QTYPE } from '../qtypes.ts'
import { words } from '../words.ts'
import type { Question } from './question.ts'

const SITES = 400
const HOSTS = ['www', 'www', 'www', 'mail', 'api', 'cdn', 'static', 'login', 'img']
const TOPS = ['com', 'com', 'com', 'net', 'org', 'de']

/** Sites somebody visits: few of them often, most of them seldom (Zipf), with the hosts that sites have. */
export function createOrdinary(random: () => number): (timeMs: number) => Question {
  const sites = Array.from(
    { length: SITES },
    () => `${pick(random, words)}${pick(random, words)}.${pick(random, TOPS)}`,
  )
  return (timeMs) => {
    // Uniform in the logarithm of the rank.
    const site = sites[Math.floor(SITES ** random()) - 1]
    const host = random() < 0.2 ? '' : `${pick(random, HOSTS)}.`
    const six = randomInteger(random, 3) === 0
    const answer = six
      ? ({ qtype: QTYPE.AAAA, answer: 'address6', answerOctets: 16 } as const)
      : ({ qtype: QTYPE.A, answer: 'address', answerOctets: 4 } as const)
    return { timeMs, qname: `${host}${site}`, rcode: 0, ...answer }
  }
}
