import { randomInteger } from '../../stats/random.ts'
import { composeName, cut, prefixesUnder } from '../names.ts'
import { pick, randomOctets } from '../noise.ts'
import { cutOctets, joinOctets, latin1, octets16 } from '../octets.ts'
import { QTYPE } from '../qtypes.ts'
import { assertLabZone } from '../zone.ts'
import type { EncodedName, Encoder } from './encoder.ts'
import { hexSymbols } from './symbols.ts'

const TYPES = [QTYPE.TXT, QTYPE.CNAME, QTYPE.MX]
const SYN = 0
const MSG = 1
const ENC = 3
/** Packet id, type, session id. */
const HEADER_OCTETS = 5
const GREETING = latin1('console (lab)\0')
/** `client/drivers/dns`: a label is closed at 60 digits, and a packet takes this much at most. */
const LABEL_OCTETS = 60
const packetMax = (zone: string) => 127 - zone.length - 6

/**
 * dnscat2 0.07 as captured in the lab: hex of
 * ```
 * packet id (16, random) | type (8) | session (16) | SYN: seq (16), options (16), name\0
 *                                                  | MSG: seq (16), ack (16), data
 * ```
 * With the cipher, a key exchange of 64 octets goes first and every packet's rest becomes `tag (48) | nonce (16) |
 * ciphertext`; tag and ciphertext are noise here, of the right length. Between packets with data the client polls.
 */
function createDnscat2(name: string, encrypted: boolean, payloadOctetsAName: number): Encoder {
  const overhead = HEADER_OCTETS + 4 + (encrypted ? 8 : 0)
  const dnscat2: Encoder = {
    name,
    description: `dnscat2${encrypted ? ', encrypted' : ' without cipher'}: hex packets in labels of 60, TXT, CNAME and MX.`,
    payloadOctetsAName,
    encode(payload, zone, random) {
      assertLabZone(zone)
      const session = octets16(randomInteger(random, 0x10000))
      const ack = octets16(randomInteger(random, 0x10000))
      let seq = randomInteger(random, 0x10000)
      let nonce = 0
      const names: EncodedName[] = []
      const send = (type: number, body: Uint8Array, payloadOctets = 0) => {
        const packet = joinOctets(randomOctets(random, 2), Uint8Array.of(type), session, body)
        const qname = composeName(cut(hexSymbols.encode(packet), LABEL_OCTETS), zone)
        names.push({ qname, qtype: pick(random, TYPES), payloadOctets })
      }
      const seal = (body: Uint8Array) =>
        encrypted ? joinOctets(randomOctets(random, 6), octets16(nonce++), randomOctets(random, body.length)) : body
      if (encrypted) send(ENC, joinOctets(new Uint8Array(4), randomOctets(random, 64)))
      send(SYN, seal(joinOctets(octets16(seq), octets16(1), GREETING)))
      for (const data of cutOctets(payload, packetMax(zone) - overhead)) {
        send(MSG, seal(joinOctets(octets16(seq), ack, data)), data.length)
        seq = (seq + data.length) & 0xffff
        if (random() < 0.03) send(MSG, seal(joinOctets(octets16(seq), ack)))
      }
      return names
    },
  }
  return encrypted ? dnscat2 : { ...dnscat2, decode }
}

function decode(names: readonly string[], zone: string): Uint8Array {
  const packets = prefixesUnder(names, zone).map((labels) => hexSymbols.decode(labels.join('')))
  return joinOctets(
    ...packets.filter((packet) => packet[2] === MSG).map((packet) => packet.subarray(HEADER_OCTETS + 4)),
  )
}

export const dnscat2 = createDnscat2('dnscat2', true, 84.5)
export const dnscat2Plain = createDnscat2('dnscat2-plain', false, 92.3)
