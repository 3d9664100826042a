import { MARK, TRANSPORT } from '../../batch/dns-batch.ts'
import { FLAG_RD } from '../../dns/message.ts'
import { beginQuery, readClient, readResolver, readType } from './query-line.ts'
import type { ResolverLog } from './resolver-log.ts'

/** `client @0x7ffa 10.0.0.1#53924 (q): view internal: query: NAME CLASS TYPE +E(0)DTC (10.0.0.53)`; names hold no blank. */
const QUERY =
  /(?:^| )client (?:@0x[0-9a-f]{1,16} )?([^ #]{2,64})#(\d{1,5}) \([^ ]*\): (?:view [^ ]+: )?query: ([^ ]+) ([^ ]+) ([^ ]+) ([^ ]+)(?: \(([^ )]{2,64})\))?/
const CODES = /^[+-][A-Z]*(?:\(\d+\))?[A-Z]*/

/**
 * BIND's category `queries` (ARM 8.2): one line a query, no answers. The flags begin with `+` where recursion was asked
 * for; `T` is TCP, `E(version)` EDNS, `D` DNSSEC, `C` checking disabled, `V`/`K` cookies, `S` signed.
 */
export const bind: ResolverLog = {
  type: 'bind',
  claims: (text) => QUERY.test(text),
  read(body, timeMs, position, context) {
    const match = QUERY.exec(body)
    if (!match || !CODES.test(match[6])) return false
    const [, client, port, name, , type, codes, resolver] = match
    const asked = beginQuery(context, name, timeMs, position)
    if (!asked) return true
    const { row } = asked
    const line = { row, counts: context.counts }
    readClient(line, client)
    row.clientPort = Number(port) & 0xffff
    readType(line, type)
    if (resolver !== undefined) readResolver(line, resolver)
    row.transport = codes.slice(1).includes('T') ? TRANSPORT.tcp : TRANSPORT.udp
    if (codes[0] === '+') row.flags |= FLAG_RD
    row.marks |= MARK.namesOnly
    context.join.pass(asked)
    return true
  },
}
