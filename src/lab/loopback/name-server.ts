import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { DnsMessage, FLAG_QR } from '../../dns/message.ts'
import { formatName } from '../../dns/name.ts'
import { decodeMessage } from '../../dns/wire.ts'
import { createRandom } from '../../stats/random.ts'
import { plainAnswer } from '../traffic/answers.ts'
import { composeResponse } from '../wire/message.ts'
import { assertLoopback } from './assert-loopback.ts'

/** A name server on this machine's loopback that answers everything and remembers what it was asked, in order. */
export class LoopbackNameServer {
  readonly names: string[] = []
  private readonly socket: Socket
  private readonly message = new DnsMessage()
  private readonly random: () => number

  private constructor(socket: Socket, seed: number) {
    this.socket = socket
    this.random = createRandom(seed)
    socket.on('message', (octets, { address, port }) => this.answer(octets, address, port))
  }

  static async start(address: string, seed: number): Promise<LoopbackNameServer> {
    assertLoopback(address)
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4')
    socket.bind(0, address)
    await once(socket, 'listening')
    return new LoopbackNameServer(socket, seed)
  }

  get port(): number {
    return (this.socket.address() as AddressInfo).port
  }

  close(): void {
    this.socket.close()
  }

  private answer(octets: Uint8Array, address: string, port: number): void {
    const { message, random } = this
    if (!decodeMessage(octets, 0, octets.length, message) || (message.flags & FLAG_QR) !== 0) return
    const qname = formatName(message.name, 0, message.nameLength)
    this.names.push(qname)
    const answers = plainAnswer(message.qtype, 4, qname, random)
    const facts = {
      id: message.id,
      qname,
      qtype: message.qtype,
      ednsOctets: undefined,
      rcode: 0,
      ttlSeconds: 60,
      answers,
    }
    this.socket.send(composeResponse(facts), port, address)
  }
}
