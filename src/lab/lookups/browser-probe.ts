import { randomInteger } from '../../stats/random.ts'
import { randomText } from '../noise.ts'
import { QTYPE } from '../qtypes.ts'
import { type LookupShape, nothing } from './lookup.ts'

/** Chromium's `intranet_redirect_detector.cc`: three names of 7 to 15 letters at the start and at each new network. */
export const browserProbe: LookupShape = {
  name: 'browser-probe',
  description: 'Chromium asks for single labels that cannot exist, to see whether the resolver lies.',
  zone: '',
  ask: (count, random) =>
    Array.from({ length: count }, () => ({
      qname: randomText(random, 7 + randomInteger(random, 9), 'abcdefghijklmnopqrstuvwxyz'),
      qtype: QTYPE.A,
      ...nothing,
    })),
}
