import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import { randomInteger } from '../../stats/random.ts'
import { zlib } from '../containers.ts'
import { composeName, prefixesUnder } from '../names.ts'
import { pick, randomOctets } from '../noise.ts'
import { joinOctets, latin1 } from '../octets.ts'
import { QTYPE } from '../qtypes.ts'
import { words } from '../words.ts'
import { assertLabZone } from '../zone.ts'
import type { EncodedName, Encoder } from './encoder.ts'
import { createShare } from './share.ts'

const JOB_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const JOB_OCTETS = 7
/** Label and zone together: the constant length that gives DET away (the dot is the 67th character). */
const LABEL_AND_ZONE = 66
const PASSPHRASE = 'THISISACRAZYKEY'

/** What DET does to a file before it hexes it twice: all it does, all but the cipher, or nothing. */
type Layers = 'cipher' | 'zlib' | 'none'

interface DetOptions {
  readonly name: string
  readonly description: string
  readonly payloadOctetsAName: number
  readonly layers: Layers
  /** Octets of the stream a message, uniform; DET's own defaults. */
  readonly chunkMin?: number
  readonly chunkMax?: number
}

/**
 * DET as of sensepost/DET 417cbce9 (`det.py`, `plugins/dns.py`): messages `job|!|index|!|hex`, the whole hexed again,
 * cut so that label and zone are 66 characters, the job in front of every piece.
 *
 * With the cipher it keeps DET's loss too: a piece that comes again within its message is sent once. Without, nothing
 * is lost, so that the payload can be read back; DET itself has no such mode. Zones are 3 to 58 characters long.
 */
export function createDet({ name, description, payloadOctetsAName, layers, ...sizes }: DetOptions): Encoder {
  const { chunkMin = 1, chunkMax = 500 } = sizes
  const det: Encoder = {
    name,
    description,
    payloadOctetsAName,
    encode(payload, zone, random) {
      assertLabZone(zone)
      const size = LABEL_AND_ZONE - zone.length - JOB_OCTETS
      if (size < 1 || zone.length < 3) throw new Error(`DET needs a zone of 3 to 58 characters; '${zone}' is not`)
      const job = makeJob(random)
      const file = `${pick(random, words)}.${pick(random, ['csv', 'pdf', 'zip', 'docx'])}`
      const stream = makeStream(payload, layers, random)
      const share = createShare(stream.length * 4, payload.length)
      const names: EncodedName[] = []
      const send = (head: string, body = '') => {
        let rest = hexOf(latin1(head + body))
        let headLeft = head.length * 2
        while (rest !== '') {
          const piece = rest.slice(0, size)
          const before = rest.length
          rest = layers === 'cipher' ? rest.replaceAll(piece, '') : rest.slice(size)
          const headGone = Math.min(headLeft, before - rest.length)
          headLeft -= headGone
          const payloadOctets = body === '' ? 0 : share(before - rest.length - headGone)
          names.push({ qname: composeName([job + piece], zone), qtype: QTYPE.A, payloadOctets })
        }
      }
      send(`${job}|!|${file}|!|REGISTER|!|${createHash('md5').update(payload).digest('hex')}`)
      let index = 0
      for (let at = 0; at < stream.length; index++) {
        const end = at + chunkMin + randomInteger(random, chunkMax - chunkMin + 1)
        send(`${job}|!|${index}|!|`, hexOf(stream.subarray(at, end)))
        at = end
      }
      send(`${job}|!|${index}|!|DONE`)
      return names
    },
  }
  return layers === 'cipher' ? det : { ...det, decode: (names, zone) => decode(names, zone, layers) }
}

function makeJob(random: () => number): string {
  let left = JOB_CHARACTERS
  let job = ''
  while (job.length < JOB_OCTETS) {
    const character = pick(random, [...left])
    left = left.replace(character, '')
    job += character
  }
  return job
}

function makeStream(payload: Uint8Array, layers: Layers, random: () => number): Uint8Array {
  if (layers === 'none') return payload
  if (layers === 'zlib') return zlib(payload)
  const initial = randomOctets(random, 16)
  const cipher = createCipheriv('aes-256-cbc', keyOctets(), initial)
  return joinOctets(initial, cipher.update(zlib(payload)), cipher.final())
}

function hexOf(octets: Uint8Array): string {
  return Buffer.from(octets).toString('hex')
}

function decode(names: readonly string[], zone: string, layers: Layers): Uint8Array {
  const stream = receiveDet(names, zone)?.stream ?? new Uint8Array(0)
  return Uint8Array.from(layers === 'zlib' ? inflateSync(stream) : stream)
}

/** What a DET server makes of the names it hears. */
export interface DetReceipt {
  readonly file: string
  /** Digest of the file as the client announced it. */
  readonly md5: string
  /** What the messages carried: enciphered and packed, as the client's layers have it. */
  readonly stream: Uint8Array
  /** The client said that it was done. */
  readonly done: boolean
}

/**
 * Reads the messages back; undefined where there are none. Messages end where the next starts with the job and a bar; the job alone
 * may come up in the digits by chance.
 */
export function receiveDet(names: readonly string[], zone: string): DetReceipt | undefined {
  const pieces = prefixesUnder(names, zone).map(([label]) => label)
  if (pieces.length === 0) return undefined
  const text = Buffer.from(pieces.map((piece) => piece.slice(JOB_OCTETS)).join(''), 'hex').toString('latin1')
  const messages = text.split(`${pieces[0].slice(0, JOB_OCTETS)}|!|`).map((message) => message.split('|!|'))
  const [, first] = messages
  const bodies = messages.map(([, body]) => body ?? '').filter((body) => /^[0-9a-f]+$/.test(body))
  return {
    ...{ file: first?.[0] ?? '', md5: first?.[2] ?? '', stream: Uint8Array.from(Buffer.from(bodies.join(''), 'hex')) },
    done: messages.some(([, body]) => body === 'DONE'),
  }
}

/** Opens what {@link det} enciphered: AES-256-CBC behind its vector, then zlib. Throws where the stream is not whole. */
export function openDetStream(stream: Uint8Array): Uint8Array {
  const decipher = createDecipheriv('aes-256-cbc', keyOctets(), stream.subarray(0, 16))
  return Uint8Array.from(inflateSync(joinOctets(decipher.update(stream.subarray(16)), decipher.final())))
}

function keyOctets(): Uint8Array {
  return createHash('sha256').update(PASSPHRASE).digest()
}

export const det = createDet({
  name: 'det',
  description: 'DET: job id and a slice of a twice hexed message; zlib, then AES-256-CBC.',
  payloadOctetsAName: 10.4,
  layers: 'cipher',
})

export const detZlib = createDet({
  name: 'det-zlib',
  description: 'DET without its cipher: zlib, then hexed twice.',
  payloadOctetsAName: 10.4,
  layers: 'zlib',
})

export const detPlain = createDet({
  name: 'det-plain',
  description: "DET without cipher and compression: the file's own octets, hexed twice.",
  payloadOctetsAName: 10.4,
  layers: 'none',
})
