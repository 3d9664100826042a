import { randomInteger } from '../../stats/random.ts'
import { composeName, cut, prefixesUnder } from '../names.ts'
import { pick, randomText } from '../noise.ts'
import { cutOctets, joinOctets, latin1, octets16 } from '../octets.ts'
import { QTYPE } from '../qtypes.ts'
import { assertLabZone } from '../zone.ts'
import type { EncodedName, Encoder } from './encoder.ts'
import { base64Symbols } from './symbols.ts'

const HEADER_OCTETS = 7
const OK = 0
const NOP = 4
const DATA = 8
/** `client/queue.c`: octets 3 less than fit, "reserved for alter packet"; `common/includes/dns.h`: 196 a name. */
const dataMax = (zone: string) => Math.floor(((196 - zone.length - 1) * 3) / 4) - HEADER_OCTETS - 3

/**
 * dns2tcp 0.5: Base64 with `+` and `/`, unpadded, labels of 63, of
 * ```
 * session (16) | ack (16) | seq (16) | type (8) | data
 * ```
 * First the greeting under `=auth` and `=connect`, with its HMAC in upper-case hex; then polls of 10 characters, one
 * for every other packet of data, as an upload over the tunnel asked them. Downloads are polls alone: for those, encode an empty payload and repeat.
 */
export const dns2tcp: Encoder = {
  name: 'dns2tcp',
  description: 'dns2tcp: Base64 of a 7-octet header and data in labels of 63; TXT or KEY; polls between.',
  payloadOctetsAName: 80.4,
  encode(payload, zone, random) {
    assertLabZone(zone)
    const qtype = pick(random, [QTYPE.TXT, QTYPE.KEY])
    const session = randomInteger(random, 0x10000)
    const any = () => randomInteger(random, 0x10000)
    const names: EncodedName[] = []
    const send = (
      header: readonly number[],
      type: number,
      data: Uint8Array,
      under: string[] = [],
      payloadOctets = 0,
    ) => {
      const packet = joinOctets(...header.map(octets16), Uint8Array.of(type), data)
      const labels = cut(base64Symbols.encode(packet), 63)
      names.push({ qname: composeName([...labels, ...under], zone), qtype, payloadOctets })
    }
    const nothing = new Uint8Array(0)
    send([0, 0, any()], OK, nothing, ['=auth'])
    send([session, 0x8180, 1], OK, latin1(randomText(random, 40, '0123456789ABCDEF')), ['=auth'])
    send([session, any(), any()], OK, latin1(pick(random, ['ssh', 'socat', 'socks', 'sink'])), ['=connect'])
    let seq = 0
    let ack = 0
    const poll = () => send([session, ack++, ++seq], NOP, nothing)
    for (let i = 0; i < 4; i++) poll()
    for (const data of cutOctets(payload, dataMax(zone))) {
      send([session, 0, ++seq], DATA, data, [], data.length)
      if (random() < 0.5) poll()
    }
    return names
  },
  decode(names, zone) {
    const packets = prefixesUnder(names, zone).map((labels) => base64Symbols.decode(labels.join('')))
    return joinOctets(...packets.filter((packet) => packet[6] === DATA).map((packet) => packet.subarray(HEADER_OCTETS)))
  },
}
