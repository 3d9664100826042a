import { ownValue } from '../logs/json-line.ts'
import { NOTHING, REFUSED } from './message-read.ts'
import { timeOf } from './object-values.ts'
import type { MessageShape } from './shape.ts'

/**
 * `{"kind":"marker","timeMs":N}`: event time has come to `timeMs` in a partition that has no rows to show it; with
 * `"end":true` nothing more is to come. Other kinds are our own results, read by mistake: they say nothing.
 */
export const marker: MessageShape = {
  name: 'marker',
  claims: (object) => Object.hasOwn(object, 'kind') && !Object.hasOwn(object, 'qname'),
  read(object) {
    if (object.kind !== 'marker') return NOTHING
    const timeMs = timeOf(ownValue(object, 'timeMs'))
    if (Number.isNaN(timeMs)) return REFUSED['time-invalid']
    return { kind: 'marker', timeMs, end: ownValue(object, 'end') === true }
  },
}
