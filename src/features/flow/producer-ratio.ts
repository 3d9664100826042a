/** What is added to the sum of both ways, so that a few octets say little: a hundred of them are one question and its answer. */
const SHRINK_OCTETS = 128

/**
 * The producer-consumer ratio of what a client sent and got: 1 for one that only sends, -1 for one that only gets, 0 for balance. Of a
 * flow without octets it is missing (NaN), never 0: nothing was said, in no direction. Missing too where either side is unknown.
 *
 * @example
 * producerRatio(1000, 0) // 1
 * producerRatio(0, 0) // NaN
 *
 * Source: Bullard and Gerth, PCR: a new flow metric, FloCon 2014.
 */
export function producerRatio(sentBytes: number, gotBytes: number): number {
  return (sentBytes - gotBytes) / (sentBytes + gotBytes)
}

/**
 * As {@link producerRatio}, drawn to 0 where there are few octets: (sent - got) / (sent + got + 128). Of none at all it is missing too.
 *
 * @example
 * shrunkProducerRatio(128, 0) // 0.5
 */
export function shrunkProducerRatio(sentBytes: number, gotBytes: number): number {
  const both = sentBytes + gotBytes
  return both === 0 ? Number.NaN : (sentBytes - gotBytes) / (both + SHRINK_OCTETS)
}
