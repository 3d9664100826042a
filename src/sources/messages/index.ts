import { isUtf8 } from 'node:buffer'
import type { DnsBatch } from '../../batch/dns-batch.ts'
import { ROW_MAGIC, readRow } from '../../batch/row-codec.ts'
import { jsonLine, parseJsonLine } from '../logs/json-line.ts'
import { eve } from './eve.ts'
import { exchange } from './exchange.ts'
import { readLegacyText } from './legacy-text.ts'
import { marker } from './marker.ts'
import { type MessageRead, REFUSED, ROW } from './message-read.ts'
import type { MessageShape } from './shape.ts'
import { version } from './version.ts'
import { zeek } from './zeek.ts'

/** Every shape of a JSON object in a message: one line a shape, the first that claims an object reads it. */
export const MESSAGE_SHAPES: readonly MessageShape[] = [exchange, eve, zeek, version, marker]

/** A message of a broker may be 1 MiB by default; what is larger was made to be. */
export const MESSAGE_OCTETS_MAX = 1 << 20

const BRACE = 0x7b
const QUOTE = 0x22

/**
 * Reads one message: a row into the batch (which must not be full), or what else it is. Nothing in it is ever evaluated, and
 * nothing of it can throw: what cannot be read is refused with one of a fixed list of reasons.
 *
 * @example
 * decodeMessage(Buffer.from('{"qname":"a.example","qtype":"A"}'), batch) // { kind: 'row' }
 */
export function decodeMessage(value: Uint8Array | null, batch: DnsBatch): MessageRead {
  if (value === null || value.length === 0) return REFUSED.empty
  if (value.length > MESSAGE_OCTETS_MAX) return REFUSED['too-large']
  let start = 0
  if (value[0] === ROW_MAGIC) return readRow(value, batch) ? ROW : REFUSED['binary-invalid']
  while (start < value.length && value[start] <= 0x20) start++
  if (start === value.length) return REFUSED.empty
  if (value[start] !== BRACE) return readText(value, start)
  const object = parseJsonLine(value, start, value.length)
  if (!object) return REFUSED[jsonLine.problem]
  for (const shape of MESSAGE_SHAPES) if (shape.claims(object)) return shape.read(object, batch)
  return REFUSED['schema-unknown']
}

/** A row of the originals' table, as it is or as a JSON string. */
function readText(value: Uint8Array, start: number): MessageRead {
  const bytes = Buffer.from(value.buffer, value.byteOffset + start, value.length - start)
  const text = bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1')
  if (value[start] !== QUOTE) return readLegacyText(text)
  try {
    const line: unknown = JSON.parse(text)
    return typeof line === 'string' ? readLegacyText(line) : REFUSED['json-invalid']
  } catch {
    return REFUSED['json-invalid']
  }
}
