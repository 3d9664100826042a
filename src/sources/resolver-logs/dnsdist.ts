import { MARK } from '../../batch/dns-batch.ts'
import { FLAG_RD } from '../../dns/message.ts'
import { beginQuery, readClient, readType } from './query-line.ts'
import type { ResolverLog } from './resolver-log.ts'

/** `Packet from 10.0.0.1:48191 for NAME TYPE with id 13568`, with `,cd` or other flags behind it. */
const PACKET = /(?:^| )Packet from (?:\[([^\] ]{2,64})\]|([^ ]{2,64})):(\d{1,5}) for ([^ ]+) ([^ ]+) with id (\d{1,5})/

/** What dnsdist's LogAction writes of each query; it knows no answers. Octets beyond ASCII are `\DDD`, the last dot is there. */
export const dnsdist: ResolverLog = {
  type: 'dnsdist',
  claims: (text) => PACKET.test(text),
  read(body, timeMs, position, context) {
    const match = PACKET.exec(body)
    if (!match) return false
    const [, address6, address, port, name, type] = match
    const asked = beginQuery(context, name, timeMs, position)
    if (!asked) return true
    const { row } = asked
    const line = { row, counts: context.counts }
    readClient(line, address6 ?? address)
    row.clientPort = Number(port) & 0xffff
    readType(line, type)
    row.flags |= FLAG_RD
    row.marks |= MARK.namesOnly
    context.join.pass(asked)
    return true
  },
}
