import { MARK, RCODE_NONE } from '../../batch/dns-batch.ts'
import { type JsonObject, ownValue } from '../logs/json-line.ts'
import { LogRow } from '../logs/log-row.ts'
import { ANSWERS_MAX } from '../logs/zeek-tsv.ts'
import { readMore } from './exchange-more.ts'
import { REFUSED, ROW } from './message-read.ts'
import { countOf, objectOf, octets, octetsOf, rcodeOf, readAddress, readName, timeOf, typeOf } from './object-values.ts'
import type { MessageShape } from './shape.ts'

const row = new LogRow()

/**
 * Our own shape (DESIGN.md 8): `{timeMs,client,resolver,qname,qtype,rcode,answers,querySizeBytes,responseSizeBytes}`. Only
 * `qname` must be there. `qtype` and `rcode` are numbers or mnemonics, `answers` texts as Zeek writes them or `{data}`; a
 * message without `rcode` is a query nobody answered, where its schema could say otherwise: with `answers` it was answered.
 * `more` holds what only a capture knows, as `wakeful replay` writes it.
 */
export const exchange: MessageShape = {
  name: 'exchange',
  claims: (object) => Object.hasOwn(object, 'qname'),
  read(object, batch) {
    row.reset()
    if (!readName(object.qname, row)) return REFUSED['name-invalid']
    if (Object.hasOwn(object, 'timeMs')) {
      row.timeMs = timeOf(object.timeMs)
      if (Number.isNaN(row.timeMs)) return REFUSED['time-invalid']
    }
    if (readAddress(ownValue(object, 'client'), row.client)) row.marks |= MARK.hasClient
    readAddress(ownValue(object, 'resolver'), row.resolver)
    row.qtype = typeOf(ownValue(object, 'qtype'))
    row.qclass = 1
    row.rcode = rcodeOf(ownValue(object, 'rcode'))
    row.marks |= MARK.query
    readAnswers(ownValue(object, 'answers'))
    if (row.rcode === RCODE_NONE && row.answers.count > 0) row.rcode = 0
    if (row.rcode !== RCODE_NONE) row.marks |= MARK.response
    else if (!Object.hasOwn(object, 'rcode')) row.marks |= MARK.namesOnly
    row.appendTo(batch, 0, 0)
    const at = batch.rows - 1
    batch.querySizeBytes[at] = countOf(ownValue(object, 'querySizeBytes'), 0xffff)
    batch.responseSizeBytes[at] = countOf(ownValue(object, 'responseSizeBytes'), 0xffff)
    const more = objectOf(object, 'more')
    if (more) readMore(more, batch, at)
    return ROW
  },
}

function readAnswers(answers: unknown): void {
  if (!Array.isArray(answers)) return
  const { length } = answers
  for (let i = 0; i < length && i < ANSWERS_MAX; i++) {
    const answer: unknown = answers[i]
    const text = typeof answer === 'object' && answer !== null ? ownValue(answer as JsonObject, 'data') : answer
    if (typeof text !== 'string' || text === '') continue
    const end = octetsOf(text)
    if (end > 0) row.answers.add(octets, 0, end, row.qtype)
    else if (end < 0) row.answers.count++
  }
}
