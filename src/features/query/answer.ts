import type { QueryFeatureFamily } from './family.ts'

const ADDRESS_TYPES = [1, 28]
const TEXT_TYPES = [16, 99]
const TARGET_TYPES = [2, 5, 12, 15, 33, 39]

/**
 * What was asked for and what came back. Makes benign traffic three times quieter than names alone, and blinds where a
 * tunnel's answers look ordinary: the query model exists in an arm with and an arm without this family.
 *
 * Where no response was seen every value but the type is NaN ("unknown"): silence is no evidence either way.
 */
export const answer: QueryFeatureFamily = {
  name: 'answer',
  answers: true,
  features: [
    { name: 'addressType', unit: 'flag' },
    { name: 'textType', unit: 'flag' },
    { name: 'targetType', unit: 'flag' },
    { name: 'nameError', unit: 'flag' },
    { name: 'serverError', unit: 'flag' },
    { name: 'answerCount', unit: 'records' },
    { name: 'answerPayloadOctets', unit: 'octets' },
    { name: 'answerPayloadRatio', unit: 'ratio' },
    { name: 'hasAddress', unit: 'flag' },
  ],
  extract({ batch, row, prefix }, out, at) {
    const qtype = batch.qtype[row]
    out[at] = ADDRESS_TYPES.includes(qtype) ? 1 : 0
    out[at + 1] = TEXT_TYPES.includes(qtype) ? 1 : 0
    out[at + 2] = TARGET_TYPES.includes(qtype) ? 1 : 0
    const rcode = batch.rcode[row]
    if (rcode < 0) {
      for (let i = 3; i < 9; i++) out[at + i] = Number.NaN
      return
    }
    const payload = batch.answerTextOctets[row] + batch.answerTargetOctets[row] + batch.answerRawOctets[row]
    out[at + 3] = rcode === 3 ? 1 : 0
    out[at + 4] = rcode !== 0 && rcode !== 3 ? 1 : 0
    out[at + 5] = batch.answerCount[row]
    out[at + 6] = payload
    out[at + 7] = payload / (prefix.length + 1)
    out[at + 8] = batch.answerAddressOctets[row] > 0 ? 1 : 0
  },
}
