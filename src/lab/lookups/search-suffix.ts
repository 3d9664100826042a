import { pick } from '../noise.ts'
import { words } from '../words.ts'
import { nothing } from './lookup.ts'
import { createShape } from './shape.ts'

/** Every name a client asks for comes a second time with the suffix of its own network, and does not exist there. */
export const searchSuffix = createShape(
  'search-suffix',
  'Names of the outside with the search suffix of the own network behind them.',
  'corp.lan.example',
  (random) => ({
    labels: [
      ...pick(random, [['www'], ['api'], ['cdn'], []]),
      `${pick(random, words)}${pick(random, words)}`,
      pick(random, ['com', 'net', 'org', 'io']),
    ],
    ...nothing,
  }),
)
