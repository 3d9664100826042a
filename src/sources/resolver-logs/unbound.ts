import { MARK } from '../../batch/dns-batch.ts'
import { FLAG_RD } from '../../dns/message.ts'
import type { Asked } from './exchange-join.ts'
import { beginQuery, noteOutcome, readClient, readType } from './query-line.ts'
import type { LineContext, ResolverLog } from './resolver-log.ts'

/** `unbound[8141:0] info: ADDRESS NAME TYPE CLASS`, and of an answer ` RCODE SECONDS CACHED OCTETS`; `query:`, `reply:` where lines are tagged. */
const LINE =
  /(?:^| )unbound(?:\[[\d:]+\]:?)? (?:\[\d+:\w+\] )?(?:info|query|reply): ([0-9a-fA-F.:]{2,64}) ([^ ]+) ([A-Z0-9]{1,12}) (IN|CH|HS|ANY|CLASS\d{1,5})(?: ([A-Z0-9]{2,12}) (\d{1,6}\.\d{1,9}) [01] (\d{1,5})(?: |$)|$)/

/**
 * Unbound's `log-queries` and `log-replies` (unbound.conf(5)): a line a query, a line an answer, or either alone. An octet that
 * does not print is `?`, so names are a lower bound. They have no id: client and question join them.
 */
export const unbound: ResolverLog = {
  type: 'unbound',
  claims: (text) => LINE.test(text),
  read(body, timeMs, position, context) {
    const match = LINE.exec(body)
    if (!match) return false
    const [, client, name, type, , rcode, seconds] = match
    const key = `${client} ${type} ${name.toLowerCase()}`
    if (rcode === undefined) {
      const asked = question(match, timeMs, position, context)
      if (asked) context.join.ask(key, asked)
      return true
    }
    const tripMs = Number(seconds) * 1000
    const waiting = context.join.find(key, timeMs)
    // Without `log-queries` the answer is all there is, and says when it was asked for.
    const asked = waiting ?? question(match, timeMs - tripMs, position, context)
    if (!asked) return true
    noteOutcome({ row: asked.row, counts: context.counts }, rcode)
    asked.row.roundTripMs = tripMs
    if (waiting) context.join.answered(key, asked)
    else context.join.pass(asked)
    return true
  },
}

function question(match: RegExpExecArray, timeMs: number, position: number, context: LineContext): Asked | undefined {
  const asked = beginQuery(context, match[2], timeMs, position)
  if (!asked) return undefined
  const line = { row: asked.row, counts: context.counts }
  readClient(line, match[1])
  readType(line, match[3])
  asked.row.flags |= FLAG_RD
  asked.row.marks |= MARK.namesOnly
  return asked
}
