import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { Endpoint } from '../wire/datagram.ts'
import { assertLoopback } from './assert-loopback.ts'

const WAIT_MS = 1000
const TRIES = 3

/** A question that was sent, and what came back. */
export interface Asked {
  readonly from: Endpoint
  readonly to: Endpoint
  readonly query: Uint8Array
  readonly response: Uint8Array
  readonly askedMs: number
  readonly answeredMs: number
}

/**
 * Sends a query to a name server on the loopback, from a socket of its own, and waits for the answer. What the socket is connected to
 * is looked at before anything is sent: the kernel's word counts, not the caller's.
 */
export async function ask(to: Endpoint, query: Uint8Array, now: () => number): Promise<Asked> {
  assertLoopback(to.address)
  const socket = createSocket(to.address.includes(':') ? 'udp6' : 'udp4')
  try {
    socket.connect(to.port, to.address)
    await once(socket, 'connect')
    assertLoopback(socket.remoteAddress().address)
    for (let tries = 1; ; tries++) {
      const askedMs = now()
      socket.send(query)
      const signal = AbortSignal.timeout(WAIT_MS)
      try {
        const [response] = (await once(socket, 'message', { signal })) as [Uint8Array]
        const { address, port } = socket.address()
        return { from: { address, port }, to, query, response, askedMs, answeredMs: now() }
      } catch (error) {
        if (!signal.aborted || tries === TRIES) throw error
      }
    }
  } finally {
    socket.close()
  }
}
