import { randomInteger } from '../../stats/random.ts'
import { pick, randomHex } from '../noise.ts'
import { words } from '../words.ts'
import { addresses, nothing } from './lookup.ts'
import { createShape } from './shape.ts'

/** Four octets of an address from outside, reversed (RFC 5782 2.1). */
export function reversedIpv4(random: () => number): string[] {
  return [
    ...Array.from({ length: 3 }, () => String(randomInteger(random, 256))),
    String(1 + randomInteger(random, 223)),
  ]
}

/** A mail server asks about each sender; most are not listed. */
export const blockList4 = createShape(
  'block-list4',
  'A mail server asks a DNS block list about a reversed IPv4 address (RFC 5782 2.1).',
  'zen.block.example',
  (random) => ({ labels: reversedIpv4(random), ...(random() < 0.2 ? addresses(1) : nothing) }),
)

export const blockList6 = createShape(
  'block-list6',
  'A mail server asks a DNS block list about a reversed IPv6 address (RFC 5782 2.4).',
  'zen.block.example',
  (random) => ({
    labels: [...randomHex(random, 28), ...'1002'],
    ...(random() < 0.05 ? addresses(1) : nothing),
  }),
)

/** Whole domain names in front of a zone (RFC 5782 2.2): no code at all, but as long. */
export const uriBlockList = createShape(
  'uri-block-list',
  'A mail filter asks about domains found in mails, with the list behind them.',
  'multi.uri.example',
  (random) => ({
    labels: [
      `${pick(random, words)}${pick(random, ['', '-'])}${pick(random, words)}`,
      pick(random, ['com', 'net', 'org', 'de']),
    ],
    ...(random() < 0.05 ? addresses(1) : nothing),
  }),
)
