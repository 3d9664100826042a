import { randomInteger } from '../../stats/random.ts'
import { lookupShapes } from '../lookups/index.ts'
import { NOERROR, NXDOMAIN } from '../lookups/lookup.ts'
import { pick } from '../noise.ts'
import { QTYPE } from '../qtypes.ts'
import { words } from '../words.ts'
import { plainAnswer } from './answers.ts'
import type { TrafficExchange } from './exchange.ts'
import type { TrafficPlan } from './plan.ts'

type Draft = Omit<TrafficExchange, 'timeMs' | 'client'>

const SITES = 300
const HOSTS = ['www', 'www', 'www', 'mail', 'api', 'cdn', 'static', 'login', 'img']
const TOPS = ['test', 'example', 'invalid']
const PTR = 12
const NS = 2
const SERVICES = ['_ipp._tcp.local', '_airplay._tcp.local', '_googlecast._tcp.local', '_smb._tcp.local']
/** Of a mix: shares of look-ups, reverse look-ups, questions of a forwarder that minimises, and multicast ones; sites are the rest. */
const LOOKUPS = 0.45
const REVERSE = 0.03
const MINIMISED = 0.04
const MULTICAST = 0.02
const NO_SUCH_NAME = 0.03

/**
 * Benign questions one after the other: sites (few often, most seldom, a user's own names among them), every shape of honest
 * look-ups, reverse look-ups, questions of a forwarder that minimises names (RFC 9156), and multicast ones (RFC 6762).
 */
export function benignQuestions({ benign, names }: TrafficPlan, random: () => number): () => Draft {
  const sites = [
    ...names,
    ...Array.from({ length: SITES }, () => `${pick(random, words)}${pick(random, words)}.${pick(random, TOPS)}`),
  ]
  const waiting: Draft[] = []
  const lookup = (): Draft => {
    const { qname, qtype, rcode, answer, answerOctets } = pick(random, lookupShapes).ask(1, random)[0]
    const answers = answer === 'none' ? [] : plainAnswer(qtype, answerOctets, qname, random)
    return { qname, qtype, rcode, answers }
  }
  const site = (): Draft => {
    const name = sites[Math.floor(sites.length ** random()) - 1] ?? sites[0]
    const qname = random() < 0.2 || names.includes(name) ? name : `${pick(random, HOSTS)}.${name}`
    const qtype = pick(random, [QTYPE.A, QTYPE.A, QTYPE.A, QTYPE.AAAA, QTYPE.AAAA, QTYPE.HTTPS, QTYPE.TXT, QTYPE.MX])
    if (random() < NO_SUCH_NAME) return { qname, qtype, rcode: NXDOMAIN, answers: [] }
    return { qname, qtype, rcode: NOERROR, answers: plainAnswer(qtype, 4, qname, random) }
  }
  const reverse = (): Draft => {
    const address = Array.from({ length: 4 }, () => randomInteger(random, 256)).join('.')
    const qname = `${address}.in-addr.arpa`
    return { qname, qtype: PTR, rcode: NOERROR, answers: plainAnswer(PTR, 4, qname, random) }
  }
  const minimised = (): Draft => {
    const { qname, ...last } = site()
    const labels = qname.split('.')
    for (let from = labels.length - 2; from > 0; from--) {
      waiting.push({ qname: labels.slice(from).join('.'), qtype: NS, rcode: NOERROR, answers: [] })
    }
    waiting.push({ qname, ...last })
    return waiting.shift()!
  }
  const multicast = (): Draft => ({
    ...{ qname: pick(random, SERVICES), qtype: PTR, rcode: NOERROR, answers: undefined, multicast: true },
  })
  return () => {
    const next = waiting.shift()
    if (next) return next
    if (benign === 'lookups') return lookup()
    if (benign === 'sites') return site()
    let draw = random()
    for (const [share, make] of [
      [LOOKUPS, lookup],
      [REVERSE, reverse],
      [MINIMISED, minimised],
      [MULTICAST, multicast],
    ] as const) {
      if (draw < share) return make()
      draw -= share
    }
    return site()
  }
}
