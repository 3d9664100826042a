import { randomInteger } from '../../stats/random.ts'
import { udpFrame } from '../wire/datagram.ts'
import type { CapturedPacket } from '../wire/pcap.ts'
import type { SentExchange } from './sent-exchange.ts'

/** The packets of exchanges in order of time, as the wire between clients and resolvers carries them. */
export function packetsOf(exchanges: readonly SentExchange[], random: () => number): CapturedPacket[] {
  const packets = exchanges.flatMap((exchange): CapturedPacket[] => {
    const { from, to, query, response, timeMs, againMs, roundTripMs } = exchange
    const identification = () => randomInteger(random, 0x10000)
    const asked = { timeMs, frame: udpFrame(from, to, identification(), query) }
    const made = [asked]
    if (againMs !== undefined) made.push({ timeMs: againMs, frame: udpFrame(from, to, identification(), query) })
    const answeredMs = (againMs ?? timeMs) + roundTripMs
    if (response) made.push({ timeMs: answeredMs, frame: udpFrame(to, from, identification(), response) })
    return made
  })
  return packets.sort((a, b) => a.timeMs - b.timeMs)
}
