import { detMessages } from './det-messages.ts'
import { inflate } from './inflate.ts'
import { findMagic } from './magic.ts'
import type { Payload } from './payload.ts'
import { printableShare } from './printable.ts'
import type { Labels } from './sample-names.ts'
import type { ToolReading } from './tool.ts'

const JOB_CHARACTERS = 7
const FIT_SHARE = 0.9
const NAMES_MIN = 3
const TEXT_SHARE = 0.85

/**
 * Recognises DET (sensepost/DET, plugins/dns.py): first labels of a job id of seven characters that stays and
 * hexadecimal of messages that begin with the same job id and `|!|`.
 */
export function readDet(names: readonly Labels[]): ToolReading | null {
  const job = names[0]?.[0].slice(0, JOB_CHARACTERS) ?? ''
  const slices = names
    .map(([first]) => first)
    .filter((first) => first.startsWith(job))
    .map((first) => first.slice(JOB_CHARACTERS))
  const fitting = slices.filter((slice) => /^[0-9a-f]+$/i.test(slice))
  if (names.length < NAMES_MIN || !/^[a-z0-9]{7}$/i.test(job) || fitting.length < names.length * FIT_SHARE) return null
  const messages = detMessages(job, fitting)
  if (messages.length > 0) return { guess: 'DET', confidence: 0.99, payload: payloadOf(messages, fitting) }
  return isDoubleHex(fitting) ? { guess: 'DET', confidence: 0.8, payload: null } : null
}

/** Inner octets where they say something, else the messages themselves. */
function payloadOf(messages: readonly { text: string; inner: Uint8Array }[], slices: readonly string[]): Payload {
  const inner = Buffer.concat(messages.map((message) => message.inner))
  const text = slices.join('')
  const inflated = inflate(inner)
  if (inflated)
    return { encoding: 'DET double hex, zlib', text, octets: inflated, magic: findMagic(inflated) ?? 'zlib' }
  if (inner.length > 0 && (findMagic(inner) || printableShare(inner) >= TEXT_SHARE)) {
    return { encoding: 'DET double hex', text, octets: inner }
  }
  const octets = Buffer.from(messages.map((message) => message.text).join(' '), 'latin1')
  return { encoding: 'DET hex of messages', text, octets }
}

/** Whether slices from the middle of messages are hexadecimal of hexadecimal digits, from whichever character on. */
function isDoubleHex(slices: readonly string[]): boolean {
  const doubled = slices.filter((slice) =>
    [slice, slice.slice(1)].some((text) => text.length >= 16 && /^(?:3[0-9]|6[1-6])+.?$/i.test(text)),
  )
  return doubled.length >= slices.length * FIT_SHARE
}
