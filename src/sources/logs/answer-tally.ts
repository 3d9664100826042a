import { ANSWER_KIND, TARGETS_MAX } from '../../dns/message.ts'
import { NAME_OCTETS_MAX, parseNameOctets } from '../../dns/name.ts'
import { hashed, hashOctets } from '../../stats/hash.ts'
import { scanPlain } from './log-name.ts'
import { scanAddress } from './scan-address.ts'
import { rawTextStart, TextAnswer } from './text-answer.ts'

/** Seeds of the answer hash, one a kind, so that a TXT that spells an address is not that address. */
const SEED = { address: 1, text: 16, target: 5, raw: 0 } as const

/** The answers of one row of a log, summed up as they are met: octets by kind, a hash without order, targets. */
export class AnswerTally {
  count = 0
  readonly octets: Uint32Array = new Uint32Array(4)
  hashLo = 0
  hashHi = 0
  readonly targets: Uint8Array = new Uint8Array(TARGETS_MAX * NAME_OCTETS_MAX)
  readonly targetLengths: Uint8Array = new Uint8Array(TARGETS_MAX)
  targetCount = 0
  targetOctets = 0

  private readonly address = new Uint8Array(16)
  private readonly name = new Uint8Array(NAME_OCTETS_MAX)
  private readonly text = new TextAnswer()

  reset(): void {
    this.count = 0
    this.octets.fill(0)
    this.hashLo = 0
    this.hashHi = 0
    this.targetCount = 0
    this.targetOctets = 0
  }

  /**
   * Books one answer as Zeek writes it. Logs do not say the type of an answer: what reads as an address is one,
   * whatever was asked, as a CNAME of four figures carries no more than the four octets booked for it.
   */
  add(bytes: Uint8Array, start: number, end: number, qtype: number): void {
    this.count++
    const octets = scanAddress(bytes, start, end, this.address, 0)
    if (octets > 0) {
      hashOctets(this.address, 0, 16, SEED.address, false)
      this.book(ANSWER_KIND.address, octets)
      return
    }
    if (this.text.read(bytes, start, end, qtype)) {
      hashOctets(this.text.bytes, 0, this.text.length, SEED.text, false)
      this.book(ANSWER_KIND.text, this.text.payloadOctets)
      return
    }
    const rawStart = rawTextStart(bytes, start, end)
    const length = rawStart < 0 ? this.readName(bytes, start, end) : -1
    if (length < 0) {
      hashOctets(bytes, start, end - start, SEED.raw, false)
      this.book(ANSWER_KIND.raw, end - Math.max(rawStart, start))
      return
    }
    hashOctets(this.name, 0, length, SEED.target, true)
    this.book(ANSWER_KIND.target, length)
    if (length > 0 && this.targetCount < TARGETS_MAX) this.keepTarget(length)
  }

  private readName(bytes: Uint8Array, start: number, end: number): number {
    const length = scanPlain(bytes, start, end, this.name)
    return length >= 0 ? length : parseNameOctets(bytes, start, end, this.name, 0)
  }

  private book(kind: number, octets: number): void {
    this.octets[kind] += octets
    this.hashLo = (this.hashLo + hashed.lo) >>> 0
    this.hashHi = (this.hashHi + hashed.hi) >>> 0
  }

  private keepTarget(length: number): void {
    for (let i = 0; i < length; i++) this.targets[this.targetOctets + i] = this.name[i]
    this.targetLengths[this.targetCount++] = length
    this.targetOctets += length
  }
}
