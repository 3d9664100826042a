import { type DnsBatch, MARK, RCODE_NONE, TRANSPORT, VANTAGE } from '../../batch/dns-batch.ts'
import { ANSWER_KIND } from '../../dns/message.ts'
import { countLabels, NAME_OCTETS_MAX } from '../../dns/name.ts'
import { AnswerTally } from './answer-tally.ts'

/** One line of a log on its way into a batch, reused from line to line: it is copied only once it is known to be good. */
export class LogRow {
  timeMs = Number.NaN
  readonly client: Uint8Array = new Uint8Array(16)
  readonly resolver: Uint8Array = new Uint8Array(16)
  resolverPort = 0
  clientPort = 0
  flowLo = 0
  flowHi = 0
  vantage: number = VANTAGE.unknown
  transport: number = TRANSPORT.unknown
  readonly name: Uint8Array = new Uint8Array(NAME_OCTETS_MAX)
  nameLength = 0
  qtype = 0
  qclass = 0
  rcode = RCODE_NONE
  flags = 0
  ttlMinSeconds = -1
  roundTripMs = Number.NaN
  marks = 0
  readonly answers: AnswerTally = new AnswerTally()

  reset(): void {
    this.timeMs = Number.NaN
    // Loops, not fill: a call into the engine costs more than sixteen stores.
    for (let i = 0; i < 16; i++) this.client[i] = this.resolver[i] = 0
    this.resolverPort = 0
    this.clientPort = 0
    this.flowLo = 0
    this.flowHi = 0
    this.vantage = VANTAGE.unknown
    this.transport = TRANSPORT.unknown
    this.nameLength = 0
    this.qtype = 0
    this.qclass = 0
    this.rcode = RCODE_NONE
    this.flags = 0
    this.ttlMinSeconds = -1
    this.roundTripMs = Number.NaN
    this.marks = 0
    if (this.answers.count > 0) this.answers.reset()
  }

  appendTo(batch: DnsBatch, input: number, position: number): void {
    const row = batch.addRow()
    batch.timeMs[row] = this.timeMs
    batch.input[row] = input
    batch.position[row] = position
    for (let i = 0; i < 16; i++) {
      batch.client[row * 16 + i] = this.client[i]
      batch.resolver[row * 16 + i] = this.resolver[i]
    }
    batch.resolverPort[row] = this.resolverPort
    batch.clientPort[row] = this.clientPort
    batch.flowLo[row] = this.flowLo
    batch.flowHi[row] = this.flowHi
    batch.vantage[row] = this.vantage
    batch.transport[row] = this.transport
    batch.setName(row, this.name, 0, this.nameLength, countLabels(this.name, 0, this.nameLength))
    batch.qtype[row] = this.qtype
    batch.qclass[row] = this.qclass
    batch.rcode[row] = this.rcode
    batch.flags[row] = this.flags
    batch.ttlMinSeconds[row] = this.ttlMinSeconds
    batch.roundTripMs[row] = this.roundTripMs
    batch.marks[row] = this.marks
    if (this.answers.count > 0) this.appendAnswers(batch, row)
  }

  private appendAnswers(batch: DnsBatch, row: number): void {
    const { answers } = this
    batch.marks[row] |= MARK.answersFromLog
    batch.answerCount[row] = Math.min(answers.count, 0xffff)
    batch.answerAddressOctets[row] = answers.octets[ANSWER_KIND.address]
    batch.answerTextOctets[row] = answers.octets[ANSWER_KIND.text]
    batch.answerTargetOctets[row] = answers.octets[ANSWER_KIND.target]
    batch.answerRawOctets[row] = answers.octets[ANSWER_KIND.raw]
    batch.answerHashLo[row] = answers.hashLo
    batch.answerHashHi[row] = answers.hashHi
    let at = 0
    for (let t = 0; t < answers.targetCount; t++) {
      batch.addTarget(row, answers.targets, at, answers.targetLengths[t])
      at += answers.targetLengths[t]
    }
  }
}
