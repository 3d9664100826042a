import { isIPv4, isIPv6 } from 'node:net'

/** A place that nothing may be sent to; the message is one sentence for the operator. */
export class LoopbackError extends Error {
  override readonly name = 'LoopbackError'
}

/**
 * Refuses all but addresses of this machine's loopback, as digits: a name could be looked up to anything, and by somebody else.
 *
 * @example
 * assertLoopback('127.0.0.1') // and throws for 'localhost', '0.0.0.0' and '192.0.2.1'
 */
export function assertLoopback(address: string): void {
  const isLoopback = (isIPv4(address) && address.startsWith('127.')) || (isIPv6(address) && address === '::1')
  if (isLoopback) return
  throw new LoopbackError(
    `The lab sends to addresses of 127.0.0.0/8 and ::1 only, written as digits; not to '${address}'.`,
  )
}
