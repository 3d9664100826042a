import { ownValue } from '../logs/json-line.ts'
import { REFUSED } from './message-read.ts'
import { timeOf } from './object-values.ts'
import type { MessageShape } from './shape.ts'

const VERSION = /^[0-9a-f]{16}$/

/**
 * `{"kind":"version","learned":"0123456789abcdef","fromMs":N}`: rows from `fromMs` on are also judged by this version, or, with
 * `"learned":null`, by the frozen model alone. It stands in the log of every partition, so that what a partition says stays a
 * function of its log, whoever reads it and however often.
 */
export const version: MessageShape = {
  name: 'version',
  claims: (object) => Object.hasOwn(object, 'kind') && object.kind === 'version',
  read(object) {
    const learned = ownValue(object, 'learned')
    const fromMs = timeOf(ownValue(object, 'fromMs'))
    const isNone = learned === null
    if (Number.isNaN(fromMs) || !(isNone || (typeof learned === 'string' && VERSION.test(learned)))) {
      return REFUSED['version-invalid']
    }
    return { kind: 'version', version: isNone ? undefined : (learned as string), fromMs }
  },
}
