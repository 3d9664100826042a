import type { DnsBatch } from '../../batch/dns-batch.ts'
import type { JsonObject } from '../logs/json-line.ts'
import type { MessageRead } from './message-read.ts'

/** A shape that a JSON object in a message may have. */
export interface MessageShape {
  readonly name: string
  /** Whether the object is meant to be of this shape; the first shape that says so reads it. */
  claims(object: JsonObject): boolean
  /** Appends the object's row to the batch, which is not full, or says what else it is. Keeps nothing of the object. */
  read(object: JsonObject, batch: DnsBatch): MessageRead
}
