import { newCounts, resetCounts } from '../input-counts.ts'
import { ZeekJsonParser } from '../logs/zeek-json-parser.ts'
import { NOTHING, REFUSED, ROW } from './message-read.ts'
import type { MessageShape } from './shape.ts'

const counts = newCounts('message')
const parser = new ZeekJsonParser(0, counts, true)
const KEYS = ['id.orig_h', 'id', 'uid', '_path']

/** A line of Zeek's dns.log as JSON: the row that the log itself gives. */
export const zeek: MessageShape = {
  name: 'zeek',
  claims: (object) => Object.hasOwn(object, 'ts') && KEYS.some((key) => Object.hasOwn(object, key)),
  read(object, batch) {
    const { rows } = batch
    resetCounts(counts)
    parser.object(object, 0, batch)
    if (batch.rows > rows) return ROW
    if (counts.malformed['time-invalid'] !== undefined) return REFUSED['time-invalid']
    if (counts.malformed['name-invalid'] !== undefined) return REFUSED['name-invalid']
    return NOTHING
  },
}
