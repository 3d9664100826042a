import { pick, randomHex, randomText } from '../noise.ts'
import { QTYPE } from '../qtypes.ts'
import { addresses, nothing, text } from './lookup.ts'
import { createShape } from './shape.ts'

const BASE36 = 'abcdefghijklmnopqrstuvwxyz0123456789'
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'

/** As in a public resolver capture: `d-0.19-a30f80b1.2d1031.1518.19d3.3ea1.210.0.iud63l4d8rput6efjed6dcljpj.avqs`. */
export const fileReputation = createShape(
  'file-reputation',
  "McAfee-like: the client's versions and flags in eight short labels, then a hash of 26 characters.",
  'file-check.example',
  (random) => {
    const flags = pick(random, ['0', '200b3', '2d1031', '10081', '400000', 'c070081', '2010580'])
    const client = [`${pick(random, [...'abcdi'])}-0`, `19-a30${randomHex(random, 5)}`, flags]
    const versions = ['1518', '19d3', '3ea1', '210', '0']
    const service = pick(random, ['avqs', 'avqs', 'avqs', 'avts'])
    return {
      labels: [...client, ...versions, randomText(random, 26, BASE36), service],
      ...(random() < 0.85 ? addresses(1) : nothing),
    }
  },
)

/** Two labels of 52 and 40 characters, the longest honest look-ups there are: papers.md 7, hard negatives. */
export const signedReputation = createShape(
  'signed-reputation',
  'Sophos-like: TXT of 92 Base32 characters in two labels under sxl.',
  'live-check.example',
  (random) => ({
    labels: [randomText(random, 52, BASE32), randomText(random, 40, BASE32), 'sxl'],
    qtype: QTYPE.TXT,
    ...text(40),
  }),
)

export const cloudReputation = createShape(
  'cloud-reputation',
  'ESET-like: TXT of 40 Base32 characters under a letter of the service.',
  'cloud-check.example',
  (random) => ({
    labels: [randomText(random, 40, BASE32), 'a', pick(random, [...'ehk'])],
    qtype: QTYPE.TXT,
    ...text(24),
  }),
)
