import { decodeBits } from './bit-groups.ts'
import { IODINE_BASE32 } from './iodine-alphabets.ts'
import { type IodineForm, iodineForm } from './iodine-forms.ts'
import { iodinePacket } from './iodine-packets.ts'
import type { Labels } from './sample-names.ts'
import type { ToolReading } from './tool.ts'

/** Names that must have a form of iodine's: a few belong to other hosts of the domain. */
const FORM_SHARE = 0.8
const PINGS_MIN = 5

/** Recognises iodine. The confidences: two different handshake proofs, one with control names, a packet, pings alone. */
export function readIodine(names: readonly Labels[]): ToolReading | null {
  const texts = names.map(([first, ...rest]) => ({ first, whole: [first, ...rest].join('') }))
  const forms = texts.map(({ first, whole }) => iodineForm(first) ?? (iodineForm(whole) === 'data' ? 'data' : null))
  const known = forms.filter((form) => form !== null).length
  if (known < names.length * FORM_SHARE) return null
  const count = (wanted: IodineForm) => forms.filter((form) => form === wanted).length
  const payload = iodinePacket(names.filter((_, i) => forms[i] === 'data').map(dataText))
  const proofs = [count('version') > 0, count('login') > 0, count('codecTest') > 0, payload !== null].filter(
    Boolean,
  ).length
  const control = count('control') + count('ping') + count('sizeProbe')
  const guess = (confidence: number): ToolReading => ({ guess: 'iodine', confidence, payload })
  if (proofs >= 2) return guess(0.99)
  if (proofs === 1 && (control > 0 || payload)) return guess(0.95)
  const pings = texts.filter((_, i) => forms[i] === 'ping').map(({ first }) => first)
  return pings.length >= PINGS_MIN && arePings(pings) ? guess(0.85) : null
}

/** The characters of a data name. The tool fills labels in turn, so one much shorter than the first ends the data. */
function dataText(labels: Labels): string {
  let taken = 1
  while (taken < labels.length && labels[taken - 1].length >= labels[0].length) taken++
  return labels.slice(0, taken).join('')
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
