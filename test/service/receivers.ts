import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, createServer as createTcp } from 'node:net'

/** One alert as a receiver got it. */
export interface Received {
  readonly atMs: number
  readonly body: string
}

/** A webhook's other side: keeps what it is sent, and answers as it is told to. */
export async function webhookReceiver(port = 0) {
  const got: Received[] = []
  const state = { status: 200, hang: false, asked: 0 }
  const server = createServer(async (request: IncomingMessage, response) => {
    state.asked++
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    if (state.hang) return
    if (state.status === 200) got.push({ atMs: Date.now(), body: Buffer.concat(parts).toString() })
    response.writeHead(state.status).end()
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    ...{ got, state, port: (server.address() as AddressInfo).port },
    stop: () => void server.close().closeAllConnections(),
  }
}

/** A syslog collector over TCP (RFC 6587, octets counted). */
export async function syslogReceiver(port = 0) {
  const got: Received[] = []
  const sockets = new Set<import('node:net').Socket>()
  const server = createTcp((socket) => {
    sockets.add(socket)
    let rest = Buffer.alloc(0)
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk])
      for (;;) {
        const space = rest.indexOf(0x20)
        const length = space < 0 ? Number.NaN : Number(rest.toString('latin1', 0, space))
        if (!(rest.length >= space + 1 + length)) return
        got.push({ atMs: Date.now(), body: rest.toString('utf8', space + 1, space + 1 + length) })
        rest = rest.subarray(space + 1 + length)
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const reset = () => {
    for (const socket of sockets) socket.resetAndDestroy()
    sockets.clear()
  }
  return {
    ...{ got, reset, port: (server.address() as AddressInfo).port },
    stop: () => {
      reset()
      server.close()
    },
  }
}
