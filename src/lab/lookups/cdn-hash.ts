import { randomInteger } from '../../stats/random.ts'
import { pick, randomHex, randomText } from '../noise.ts'
import { QTYPE } from '../qtypes.ts'
import { addresses, empty } from './lookup.ts'
import { createShape } from './shape.ts'

const BASE36 = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** One host name a customer, asked again and again by real clients; here each comes once. */
export const cdnHash = createShape(
  'cdn-hash',
  'A customer of a CDN as d and 13 characters, A or AAAA.',
  'cdn.example',
  (random) => ({
    labels: [`d${randomText(random, 13, BASE36)}`],
    ...(random() < 0.75 ? addresses(4) : { qtype: QTYPE.AAAA, ...empty }),
  }),
)

export const pushHash = createShape(
  'push-hash',
  'A push service: 32 hexadecimal digits before the name of one of 100 servers.',
  'push.example',
  (random) => ({
    labels: [randomHex(random, 32), `push-${randomInteger(random, 100)}`],
    ...pick(random, [addresses(1), { qtype: QTYPE.AAAA, ...empty }]),
  }),
)
