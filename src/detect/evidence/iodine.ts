import { decodeBits } from './bit-groups.ts'
import { withoutTail } from './constant-tail.ts'
import { IODINE_BASE32 } from './iodine-alphabets.ts'
import { type IodineForm, iodineForm } from './iodine-forms.ts'
import { iodinePacket } from './iodine-packets.ts'
import type { Labels } from './sample-names.ts'
import type { ToolReading } from './tool.ts'

/** Names that must have a form of iodine's: a few belong to other hosts of the domain. */
const FORM_SHARE = 0.8
const PINGS_MIN = 5
const DATA_MIN = 6
/** The fifth character of data names goes through these in turn. */
const DATA_COUNTER = 'abcdefghijklmnopqrstuvwxyz0123456789'
/** First labels of full data names hold 62; a short packet leaves less, a host name less still. */
const DATA_LABEL_MIN = 40
const RUNNING_SHARE = 0.8

/** Recognises iodine: by two kinds of proof, by one with control names around it, by counters of data or pings alone. */
export function readIodine(all: readonly Labels[]): ToolReading | null {
  const names = withoutTail(all)
  const texts = names.map(([first, ...rest]) => ({ first, whole: [first, ...rest].join('') }))
  const forms = texts.map(({ first, whole }) => iodineForm(first) ?? (iodineForm(whole) === 'data' ? 'data' : null))
  const known = forms.filter((form) => form !== null).length
  if (known < names.length * FORM_SHARE) return null
  const count = (wanted: IodineForm) => forms.filter((form) => form === wanted).length
  const payload = iodinePacket(texts.filter((_, i) => forms[i] === 'data').map(({ whole }) => whole))
  const proofs = [count('version') > 0, count('login') > 0, count('codecTest') > 0, payload !== null].filter(
    Boolean,
  ).length
  const control = count('control') + count('ping') + count('sizeProbe')
  const guess = (confidence: number): ToolReading => ({ guess: 'iodine', confidence, payload })
  if (proofs >= 2) return guess(0.99)
  if (proofs === 1 && (control > 0 || payload)) return guess(0.95)
  const pings = texts.filter((_, i) => forms[i] === 'ping').map(({ first }) => first)
  const data = texts.filter((_, i) => forms[i] === 'data').map(({ first }) => first)
  if (data.length >= DATA_MIN && areData(data)) return guess(0.9)
  return pings.length >= PINGS_MIN && arePings(pings) ? guess(0.85) : null
}

/** Whether data names are of one user, long as a tunnel makes them, and their counter goes up. */
function areData(names: readonly string[]): boolean {
  const counts = names.map((name) => DATA_COUNTER.indexOf((name[4] ?? '').toLowerCase()))
  let steps = 0
  for (let i = 1; i < counts.length; i++) if ([1, 2].includes((counts[i] - counts[i - 1] + 36) % 36)) steps++
  const long = names.filter((name) => name.length >= DATA_LABEL_MIN).length
  const running = steps >= (names.length - 1) * RUNNING_SHARE && long >= names.length * RUNNING_SHARE
  return running && names.every((name) => name[0] === names[0][0])
}

/** Whether pings are of one user below 16 and their last two octets count up. */
function arePings(pings: readonly string[]): boolean {
  const read = pings.map((ping) => decodeBits(ping.slice(1), IODINE_BASE32, 'cut')!)
  const counts = read.map((octets) => octets[2] * 256 + octets[3])
  const user = read[0][0]
  return (
    user < 16 &&
    read.every((octets) => octets[0] === user) &&
    counts.every((at, i) => i === 0 || stepsUp(counts[i - 1], at))
  )
}

function stepsUp(before: number, after: number): boolean {
  const step = (after - before) & 0xffff
  return step > 0 && step <= 64
}
