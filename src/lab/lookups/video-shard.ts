import { randomInteger } from '../../stats/random.ts'
import { randomText } from '../noise.ts'
import { addresses } from './lookup.ts'
import { createShape } from './shape.ts'

/** Seen as `r4---sn-25glen7y` in public captures of browsing. */
export const videoShard = createShape(
  'video-shard',
  'A video player asks for one server of thousands, rN---sn-XXXXXXXX.',
  'video.example',
  (random) => ({
    labels: [`r${1 + randomInteger(random, 20)}---sn-${randomText(random, 8, 'abcdefghijklmnopqrstuvwxyz234567')}`],
    ...addresses(1),
  }),
)
