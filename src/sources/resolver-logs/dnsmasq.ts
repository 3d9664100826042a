import { FLAG_RD } from '../../dns/message.ts'
import { countProblem } from '../logs/log-problem.ts'
import type { Asked } from './exchange-join.ts'
import { answeredWith, beginQuery, readClient, readType } from './query-line.ts'
import type { LineContext, ResolverLog } from './resolver-log.ts'

/** What stands in front: `dnsmasq[8139]: `, and with log-queries=extra a serial number and who asked. */
const HEAD = /(?:^| )dnsmasq(?:\[\d+\])?: (?:(\d{1,10}) ([0-9a-fA-F.:]{2,64})\/(\d{1,5}) )?/
const QUERY = /^query\[([^\] ]{1,16})\] (.+)$/
/** Where an answer came from: upstream, the cache, a file, or a list of what is blocked (Pi-hole). */
const ANSWER =
  /^(?:reply|cached(?:-stale)?|config|special|(?:gravity|exactly|regex|external) (?:blocked|denied)(?: \w+)?|\/[^ ]+) (.+)$/
const UNPRINTABLE = '<name unprintable>'
const RCODES: Readonly<Record<string, number>> = { NXDOMAIN: 3, SERVFAIL: 2, REFUSED: 5, FORMERR: 1, NOTIMP: 4 }
const TXT = 16
const KNOWN_TYPES = new Set([1, 28, 12, 5])

/**
 * dnsmasq's `log-queries` (dnsmasq(8)), as Pi-hole shows it: a line a query, a line each record of its answer. With `=extra`
 * a serial number joins them, else the name. A name with octets that do not print is not shown at all: such a query is
 * counted as `name-unprintable`, and nothing more can be said of it.
 *
 * A blank prints, so that a name may read `a from 10.0.0.9`: the last ` from ` and the first ` is ` behind the known name decide.
 */
export const dnsmasq: ResolverLog = {
  type: 'dnsmasq',
  holds: true,
  claims: (text) => {
    const head = HEAD.exec(text)
    return head !== null && QUERY.test(text.slice(head.index + head[0].length))
  },
  read(body, timeMs, position, context) {
    const head = HEAD.exec(body)
    if (!head) return false
    const [all, serial, , port] = head
    const text = body.slice(head.index + all.length)
    const query = QUERY.exec(text)
    if (query) {
      ask(query, serial, port, timeMs, position, context)
      return true
    }
    const answer = ANSWER.exec(text)?.[1]
    if (answer === undefined) return false
    return readAnswer(answer, serial, timeMs, context)
  },
}

function ask(
  [, type, rest]: RegExpExecArray,
  serial: string | undefined,
  port: string | undefined,
  timeMs: number,
  position: number,
  context: LineContext,
): void {
  const { join, counts } = context
  const from = rest.lastIndexOf(' from ')
  const name = from < 0 ? rest : rest.slice(0, from)
  if (name === UNPRINTABLE) {
    counts.queries++
    counts.messages++
    countProblem(counts, 'name-unprintable')
    return
  }
  const asked = beginQuery(context, name, timeMs, position)
  if (!asked) return
  const line = { row: asked.row, counts }
  if (from >= 0) readClient(line, rest.slice(from + 6))
  if (port !== undefined) asked.row.clientPort = Number(port) & 0xffff
  readType(line, type)
  asked.row.flags |= FLAG_RD
  join.ask(serial ?? name.toLowerCase(), asked)
}

/** Reads `NAME is VALUE` into the query it belongs to. */
function readAnswer(text: string, serial: string | undefined, timeMs: number, { join, counts }: LineContext): boolean {
  const is = text.indexOf(' is ')
  if (is < 0) return false
  const name = text.slice(0, is)
  const value = text.slice(is + 4)
  const key = serial ?? name.toLowerCase()
  const asked = join.find(key, timeMs)
  // Further lines of a query without a name, or of one long past.
  if (!asked) return false
  if ((asked.row.flags & 0x8000) === 0) {
    counts.responses++
    counts.messages++
  }
  answeredWith(asked.row, RCODES[value] ?? 0)
  if (asked.aliased) addAnswer(asked, name)
  asked.aliased = value === '<CNAME>'
  if (RCODES[value] === undefined && !/^(?:<|NODATA)/.test(value)) addAnswer(asked, answerText(asked, value))
  join.answered(key, asked)
  return true
}

/** As Zeek writes it: a TXT is what an answer to another type than those of addresses and names shows. */
function answerText(asked: Asked, value: string): string {
  const isText = asked.row.qtype === TXT || !KNOWN_TYPES.has(asked.row.qtype)
  return isText ? `TXT ${value.length} ${value}` : value
}

function addAnswer(asked: Asked, text: string): void {
  const octets = Buffer.from(text, 'latin1')
  asked.row.answers.add(octets, 0, octets.length, asked.row.qtype)
}
