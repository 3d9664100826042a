import { MARK, TRANSPORT } from '../../batch/dns-batch.ts'
import { FLAG_RD } from '../../dns/message.ts'
import { beginQuery, noteOutcome, readClient, readType } from './query-line.ts'
import type { ResolverLog } from './resolver-log.ts'

/** `[INFO] 10.0.0.1:40212 - 50759 "A IN example.com. udp 29 false 512" NOERROR qr,rd,ra 68 0.001s`; IPv6 in brackets. */
const LINE =
  /\[INFO\] (?:\[([^\] ]{2,64})\]|([^ ]{2,64})):(\d{1,5}) - (\d{1,5}) "([^ "]{1,12}) ([^ "]{1,12}) ([^ ]+) (udp|tcp)6? (\d{1,6}) (?:true|false) (\d{1,6})" ([A-Z0-9-]{1,12}) ([a-z,]*|-) (\d{1,6}) ([0-9.]{1,20})s/

/**
 * The plugin `log` of CoreDNS in its common format, a line an exchange, with the time that a container's log or syslog puts in
 * front; CoreDNS itself writes none. It tells the outcome and the answer's size, not its records. The time is the answer's.
 */
export const coredns: ResolverLog = {
  type: 'coredns',
  claims: (text) => LINE.test(text),
  read(body, timeMs, position, context) {
    const match = LINE.exec(body)
    if (!match) return false
    const [, address6, address, port, , type, , name, proto, , , rcode, , , seconds] = match
    const tripMs = Number(seconds) * 1000
    const askedMs = tripMs >= 0 && tripMs < timeMs ? timeMs - tripMs : timeMs
    const asked = beginQuery(context, name, askedMs, position)
    if (!asked) return true
    const { row } = asked
    const line = { row, counts: context.counts }
    readClient(line, address6 ?? address)
    row.clientPort = Number(port) & 0xffff
    readType(line, type)
    row.transport = proto === 'tcp' ? TRANSPORT.tcp : TRANSPORT.udp
    row.flags |= FLAG_RD
    row.marks |= MARK.namesOnly
    noteOutcome(line, rcode)
    if (tripMs >= 0) row.roundTripMs = tripMs
    context.join.pass(asked)
    return true
  },
}
