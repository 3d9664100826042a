import { demand } from './model.ts'

/**
 * The contexts of one order as they stand in a model file: sorted by context, each with what follows it. A code
 * length is in units of 1 / 1024 bit and at least 1; 0 means "not seen here".
 */
export interface ByteContexts {
  readonly contexts: Uint32Array
  /** What a symbol costs that was not seen in the context, besides its cost in the next shorter one; may be 0. */
  readonly backoffs: Uint16Array
  /** Code of the end symbol in each context. */
  readonly ends: Uint16Array
  /** How many octets were seen in each context. */
  readonly counts: Uint16Array
  /** The octets seen, context by context, rising. */
  readonly octets: Uint8Array
  readonly codes: Uint16Array
}

/** Throws `ModelFileError` unless the arrays fit together; what holds here, `ByteCodeTable` may rely on. */
export function checkContexts(order: ByteContexts, length: number): void {
  const { contexts, counts, octets, codes } = order
  let pairs = 0
  let sound = octets.length === codes.length && !codes.includes(0)
  for (let i = 0; i < contexts.length && sound; i++) {
    sound = contexts[i] < 256 ** length && (i === 0 || contexts[i] > contexts[i - 1]) && counts[i] <= 256
    const stop = pairs + counts[i]
    sound &&= stop <= octets.length
    for (let pair = pairs + 1; pair < stop && sound; pair++) sound = octets[pair] > octets[pair - 1]
    pairs = stop
  }
  demand(sound && pairs === octets.length, `The language model's contexts of order ${length} do not fit together.`)
}
