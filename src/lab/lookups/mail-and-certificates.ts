import { randomInteger } from '../../stats/random.ts'
import { pick, randomHex } from '../noise.ts'
import { QTYPE } from '../qtypes.ts'
import { words } from '../words.ts'
import { nothing, text } from './lookup.ts'
import { createShape } from './shape.ts'

/** Another registered domain each time: what a mail server sees in a day. */
function domain(random: () => number): string {
  return `${pick(random, words)}-${pick(random, words)}`
}

/** RFC 6376 3.6.2.1. Mass mailers write hashes into selectors; the key in the answer is longer than most tunnels'. */
export const dkim = createShape('dkim', 'A mail server fetches the DKIM key of a sender, TXT.', 'example', (random) => {
  const selector = pick(random, ['selector1', 'selector2', 's1', 'k1', 'default', randomHex(random, 32)])
  return { labels: [selector, '_domainkey', domain(random)], qtype: QTYPE.TXT, ...text(pick(random, [230, 410])) }
})

/** RFC 7489 6.1. */
export const dmarc = createShape(
  'dmarc',
  'A mail server fetches the DMARC policy of a sender, TXT.',
  'example',
  (random) => ({
    labels: ['_dmarc', domain(random)],
    qtype: QTYPE.TXT,
    ...(random() < 0.6 ? text(60 + randomInteger(random, 60)) : nothing),
  }),
)

/** RFC 8555 8.4: 43 Base64url characters come back. */
export const acme = createShape(
  'acme',
  'A certificate authority checks a DNS challenge, TXT.',
  'example',
  (random) => ({
    labels: ['_acme-challenge', ...pick(random, [[], ['www'], ['api']]), domain(random)],
    qtype: QTYPE.TXT,
    ...text(43),
  }),
)
