import packet from 'dns-packet'
import { expect, it } from 'vitest'
import { createRandom } from '../stats/random.ts'
import { decode, message, octets, pointer, question, record, u16 } from './message.testing.ts'
import { DnsMessage, MALFORMED } from './message.ts'
import { formatName, parseName } from './name.ts'
import { NAME_BUDGET, nameRead } from './read-name.ts'
import { decodeMessage } from './wire.ts'

/** Valid messages, most with pointers, that the mutations start from. */
const seeds = [
  message(0x0100, [1, 0, 0, 0], question('abcdefgh.tunnel.example')),
  message(
    0x8180,
    [1, 4, 1, 1],
    question('a.b.example'),
    record(pointer(12), 5, octets([1, 99], pointer(14))),
    record(pointer(14), 15, octets(u16(10), [4, 109, 97, 105, 108], pointer(16))),
    record(pointer(12), 16, [5, 1, 2, 3, 4, 5, 0, 2, 7, 7]),
    record(pointer(12), 65, octets(u16(1), pointer(16), u16(1, 3), [2, 104, 50], u16(3, 2, 443))),
    record(pointer(16), 6, octets([2, 110, 115], pointer(16), [1, 114], pointer(16), Array(20).fill(1))),
    record([0], 41, octets(u16(10, 8), Array(8).fill(3), u16(8, 7, 1), [24, 0, 10, 1, 2]), 1232),
  ),
  message(
    0x8400,
    [0, 2, 0, 0],
    record('printer.local', 12, octets([1, 120], pointer(12)), 0x8001),
    record([0], 1, [10, 0, 0, 9]),
  ),
  message(0x0000, [1, 1, 0, 0], question('x.example', 10), record(pointer(12), 33, octets(u16(1, 2, 3), pointer(14)))),
]

/** One to four changes: an octet, a pointer planted, octets removed or inserted, a count raised, an end cut. */
function mutate(seed: Uint8Array, random: () => number): Uint8Array {
  const below = (n: number) => Math.floor(random() * n)
  const bytes = [...seed]
  for (let n = 1 + below(4); n > 0 && bytes.length > 1; n--) {
    const at = below(bytes.length)
    const what = below(7)
    if (what === 0) bytes[at] = below(256)
    else if (what === 1) bytes[at] ^= 1 << below(8)
    else if (what === 2) bytes.splice(at, 2, 0xc0, below(Math.min(255, bytes.length)))
    else if (what === 3) bytes.splice(at, 1 + below(4))
    else if (what === 4) bytes.splice(at, 0, ...Array.from({ length: 1 + below(8) }, () => below(256)))
    else if (what === 5) bytes[4 + below(8)] = below(256)
    else bytes.length = at
  }
  return Uint8Array.from(bytes)
}

/** What must hold of any decoded message. */
function checkBounds(bytes: Uint8Array, out: DnsMessage): void {
  const sum = out.answerOctets[0] + out.answerOctets[1] + out.answerOctets[3]
  const bad =
    sum > bytes.length ||
    out.answerOctets[2] > NAME_BUDGET ||
    out.answerCount * 11 > bytes.length ||
    out.ednsUnknownOctets + out.paddingOctets > bytes.length ||
    out.nameLength > 254 ||
    out.targetCount > 16 ||
    out.targetLengths.some((length) => length > 254) ||
    out.malformed >= 1 << MALFORMED.length ||
    nameRead.budget < 0
  if (bad) throw new Error(`bounds broken by ${Buffer.from(bytes).toString('hex')}`)
}

it('the seeds are good', () => {
  for (const seed of seeds) expect(decode(seed).reasons).toEqual([])
})

it('20,000 mutated messages: each finishes, none throws, all stay in bounds', () => {
  const random = createRandom(7)
  const out = new DnsMessage()
  const scratch = new Uint8Array(254)
  let whole = 0
  for (let i = 0; i < 20_000; i++) {
    const bytes = mutate(seeds[i % seeds.length], random)
    decodeMessage(bytes, 0, bytes.length, out)
    checkBounds(bytes, out)
    const text = formatName(out.name, 0, out.nameLength)
    if (parseName(text, scratch, 0) !== out.nameLength) throw new Error(`${text} does not come back`)
    if (out.malformed === 0) whole++
  }
  // Some survive whole and most do not, or the mutations test nothing.
  expect(whole).toBeGreaterThan(500)
  expect(whole).toBeLessThan(10_000)
})

it('octets of chance', () => {
  const random = createRandom(8)
  const out = new DnsMessage()
  for (let i = 0; i < 2000; i++) {
    const bytes = Uint8Array.from({ length: random() * 600 }, () => random() * 256)
    if (bytes.length > 11) bytes.fill(0, 4, 12).set([0, 1, 0, 3, 0, 1, 0, 2], 4)
    decodeMessage(bytes, 0, bytes.length, out)
    checkBounds(bytes, out)
  }
})

it('names agree with dns-packet on every mutated message that both read', () => {
  const random = createRandom(9)
  let compared = 0
  for (let i = 0; i < 4000; i++) {
    const bytes = mutate(seeds[i % seeds.length], random)
    const { message: out, reasons } = decode(bytes)
    const theirs = tryDecode(bytes)
    if (theirs === undefined || reasons.length > 0 || out.questionCount !== 1) continue
    const label = Buffer.from(out.name.subarray(0, out.nameLength))
    expect(theirs.questions![0].name).toBe(joinLabels(label))
    expect(theirs.answers!.filter((answer) => answer.type !== 'OPT')).toHaveLength(out.answerCount)
    compared++
  }
  expect(compared).toBeGreaterThan(200)
})

function tryDecode(bytes: Uint8Array): ReturnType<typeof packet.decode> | undefined {
  try {
    return packet.decode(Buffer.from(bytes))
  } catch {
    return undefined
  }
}

/** A wire name as dns-packet gives it: labels as UTF-8, joined by dots, nothing escaped. */
function joinLabels(name: Buffer): string {
  const labels: string[] = []
  for (let at = 0; at < name.length; at += 1 + name[at]) labels.push(name.toString('utf8', at + 1, at + 1 + name[at]))
  return labels.length === 0 ? '.' : labels.join('.')
}
