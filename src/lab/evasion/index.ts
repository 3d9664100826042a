import { encoders, findEncoder } from '../encoders/index.ts'
import { lookupShapes } from '../lookups/index.ts'
import { cutNames } from './cut-names.ts'
import { type EncodingScene, encodingScene } from './encoding.ts'
import { inventedTops } from './invented-tops.ts'
import { lookupScene } from './lookup-scene.ts'
import { names99 } from './names-a-day.ts'
import { asDecimals, asHashes, asShortLabels, asShortNames, asUuids, asWords } from './reencode.ts'
import { type SlowLeakScene, slowLeakScene } from './slow-leak.ts'
import { spreadOver50 } from './spread.ts'
import type { Scene } from './staged.ts'
import { slower60, slower3600, unchanged } from './stretch.ts'
import type { Transform } from './transform.ts'

/** Every transform, one line a member. `conformance.test.ts` walks them all. */
export const transforms: readonly Transform[] = [
  unchanged,
  ...[slower60, slower3600],
  ...[asWords, asDecimals, asShortLabels, asShortNames],
  ...[asHashes, asUuids],
  inventedTops,
  cutNames,
  spreadOver50,
  names99,
]

/** Ordinary questions to each of an encoding's: of a client that does little else, and where it hides among them. */
const FEW = 0.25
const MANY = 10

/**
 * Every encoder with every kind of payload, answered and not, in four of five of its client's questions; in all of them
 * and among many others with the payload that packs worst.
 */
export const encodingScenes: readonly EncodingScene[] = encoders.flatMap((encoder) => [
  ...(['random', 'gzip', 'text'] as const).flatMap((payload) =>
    [true, false].map((answered) => encodingScene(encoder, { payload, answered, ordinary: FEW })),
  ),
  ...[0, MANY].map((ordinary) => encodingScene(encoder, { payload: 'random', answered: true, ordinary })),
])

export const lookupScenes: readonly Scene[] = lookupShapes.map(lookupScene)

/** Base32 beside a server's, a quiet and a busy client's traffic; other spellings, and names asked twice, beside the last. */
export const slowLeakScenes: readonly SlowLeakScene[] = [
  ...[50, 500, 2000].map((ordinaryADay) => slowLeakScene(findEncoder('base32')!, ordinaryADay)),
  ...['words', 'counter', 'dnscat2', 'reversed-address'].map((name) => slowLeakScene(findEncoder(name)!, 2000)),
  slowLeakScene(findEncoder('base32')!, 2000, 2),
]
