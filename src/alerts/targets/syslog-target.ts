import { createSocket } from 'node:dgram'
import { connect as connectPlain, isIPv6, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { AlertFormat } from '../../sinks/alerts/alert-format.ts'
import { countedFrame, type SyslogSender, syslogLine } from '../../sinks/alerts/syslog-line.ts'
import { type AlertTarget, DeliveryError } from '../target.ts'

/** A collector of RFC 5424 messages. */
export interface SyslogOptions {
  readonly name: string
  readonly transport: 'udp' | 'tcp' | 'tls'
  readonly host: string
  readonly port: number
  readonly format: AlertFormat
  readonly sender: SyslogSender
  readonly ca?: string | undefined
  now(): number
}

/**
 * Sends one alert a message: over UDP as a datagram (RFC 5426), over TCP and TLS with its octets counted in front (RFC 6587, RFC
 * 5425). A collector says nothing back, so a message over TCP counts as taken when the kernel has it and the connection still
 * stands: what was on its way in a reset is lost, and the next connection begins with it where the reset was seen in time.
 */
export function syslogTarget(options: SyslogOptions): AlertTarget {
  const { name, transport, format, sender, now } = options
  const textOf = (alert: Parameters<AlertFormat['write']>[0]) =>
    syslogLine(now(), alert.incident.severity, sender, format.write(alert))
  if (transport === 'udp') return { name, deliver: (alert) => sendDatagram(options, textOf(alert)) }
  let socket: Socket | undefined
  return {
    name,
    deliver: async (alert, signal) => {
      if (!socket || socket.destroyed || !socket.writable) socket = await open(options, signal)
      await write(socket, countedFrame(textOf(alert)), options)
    },
    close: async () => {
      socket?.end()
    },
  }
}

function sendDatagram({ host, port, name }: SyslogOptions, text: string): Promise<void> {
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4')
  return new Promise((resolve, reject) => {
    const end = (error: Error | null | undefined) => {
      socket.close()
      if (error) reject(new DeliveryError(`${name} cannot be reached (${error.message}).`))
      else resolve()
    }
    socket.once('error', end)
    socket.send(text, port, host, end)
  })
}

function open({ transport, host, port, name, ca }: SyslogOptions, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const made =
      transport === 'tls'
        ? connectTls({ host, port, ...(ca === undefined ? {} : { ca }), servername: host })
        : connectPlain({ host, port })
    const fail = (error: Error) => {
      made.destroy()
      reject(new DeliveryError(`${name} cannot be reached (${error.message}).`))
    }
    const late = () => fail(new Error('no answer in time'))
    signal.addEventListener('abort', late, { once: true })
    made.once('error', fail)
    made.once(transport === 'tls' ? 'secureConnect' : 'connect', () => {
      signal.removeEventListener('abort', late)
      made.off('error', fail)
      // A collector has nothing to say; that it hangs up is seen only by one who reads.
      made.resume()
      made.on('error', () => made.destroy())
      resolve(made)
    })
  })
}

function write(socket: Socket, frame: string, { name }: SyslogOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(frame, (error) => {
      // One turn more: a reset that has come in by now is of a collector that was gone before we wrote.
      setImmediate(() => {
        if (error || socket.destroyed) {
          socket.destroy()
          reject(new DeliveryError(`${name} hung up${error ? ` (${error.message})` : ''}.`))
        } else resolve()
      })
    })
  })
}
