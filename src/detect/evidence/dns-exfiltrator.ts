import { base32Codecs } from './base32.ts'
import { base64Codecs } from './base64.ts'
import { withoutTail } from './constant-tail.ts'
import { counterValues } from './counter.ts'
import { kindOf, type Payload } from './payload.ts'
import { printableShare } from './printable.ts'
import type { Labels } from './sample-names.ts'
import type { EvidenceFacts, ToolReading } from './tool.ts'

const TXT = 16
const NAMES_MIN = 4
const FIT_SHARE = 0.9
const INIT = 'init'
/** Shortest label of data that is not the last of its name. */
const LABEL_MIN = 8
const OCTETS_MIN = 24

/**
 * Recognises DNSExfiltrator (Arno0x/DNSExfiltrator): `init` and the file's name with its number of chunks, then chunk
 * number, and labels of base64url or base32 that are equally long but for the last. Only TXT.
 */
export function readDnsExfiltrator(all: readonly Labels[], { qtypes }: EvidenceFacts): ToolReading | null {
  const names = withoutTail(all)
  const init = names.find((labels) => labels.length >= 2 && labels[0].toLowerCase() === INIT)
  const opening = init ? readInit(init[1]) : null
  const chunks = names.filter((labels) => labels.length >= 2 && labels !== init && /^\d{1,8}$/.test(labels[0]))
  const rest = names.length - (init ? 1 : 0)
  const counted =
    rest >= NAMES_MIN && chunks.length >= rest * FIT_SHARE && counterValues(chunks.map(([chunk]) => chunk)) !== null
  if (opening && (counted || chunks.length === rest)) {
    return { guess: 'DNSExfiltrator', confidence: 0.98, payload: readChunks(chunks) ?? opening }
  }
  const shaped = counted && onlyTxt(qtypes) && areChunks(chunks)
  return shaped ? { guess: 'DNSExfiltrator', confidence: 0.75, payload: readChunks(chunks) } : null
}

/** `name|chunks`, in either encoding. */
function readInit(text: string): Payload | null {
  for (const codec of [...base32Codecs, ...base64Codecs]) {
    const octets = codec.decode([text])
    if (octets && printableShare(octets) === 1 && /^[^|]+\|\d+$/.test(Buffer.from(octets).toString('latin1'))) {
      return { encoding: `DNSExfiltrator ${codec.name}`, text, octets }
    }
  }
  return null
}

/** What chunks hold, in their order, where it is a file or text: the tool ciphers it, others of its shape do not. */
function readChunks(chunks: readonly Labels[]): Payload | null {
  const text = [...chunks]
    .sort((a, b) => Number(a[0]) - Number(b[0]))
    .map((labels) => labels.slice(1).join(''))
    .join('')
  for (const codec of [...base32Codecs, ...base64Codecs]) {
    const octets = codec.across ? codec.decode([text]) : null
    if (!octets || octets.length < OCTETS_MIN) continue
    if (kindOf(octets) || printableShare(octets) >= codec.printableMin) {
      return { encoding: `DNSExfiltrator ${codec.name}`, text, octets }
    }
  }
  return null
}

function onlyTxt(qtypes: ReadonlyMap<number, number>): boolean {
  return qtypes.size === 1 && qtypes.has(TXT)
}

/** Data labels as long as the first one of all names, but for the last before the domain. */
function areChunks(chunks: readonly Labels[]): boolean {
  const length = chunks[0][1].length
  const fitting = chunks.filter(
    ([, ...data]) =>
      data[0].length === length && data.join('').match(/^[\w-]+$/) && data.some((label) => /[A-Z]/.test(label)),
  )
  return length >= LABEL_MIN && fitting.length >= chunks.length * FIT_SHARE
}
