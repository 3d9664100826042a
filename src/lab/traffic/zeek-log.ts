import { formatRcode, formatType } from '../../dns/types.ts'
import { randomText } from '../noise.ts'
import { QTYPE } from '../qtypes.ts'
import type { AnswerRecord } from '../wire/message.ts'
import type { SentExchange } from './sent-exchange.ts'

const FIELDS = [
  ...['ts', 'uid', 'id.orig_h', 'id.orig_p', 'id.resp_h', 'id.resp_p', 'proto', 'trans_id', 'rtt', 'query', 'qclass'],
  ...['qclass_name', 'qtype', 'qtype_name', 'rcode', 'rcode_name', 'AA', 'TC', 'RD', 'RA', 'Z', 'answers', 'TTLs'],
  'rejected',
]
const TYPES = [
  ...['time', 'string', 'addr', 'port', 'addr', 'port', 'enum', 'count', 'interval', 'string', 'count', 'string'],
  ...['count', 'string', 'count', 'string', 'bool', 'bool', 'bool', 'bool', 'count', 'vector[string]'],
  ...['vector[interval]', 'bool'],
]
/** What Zeek's ids are written in. */
export const UID_LETTERS = 17
export const UID_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** The exchanges as Zeek's dns.log has them: tab-separated, names in lower case, other octets as `\xHH`. */
export function* zeekLines(exchanges: readonly SentExchange[], random: () => number): Generator<string> {
  yield '#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tdns\n'
  yield `#fields\t${FIELDS.join('\t')}\n#types\t${TYPES.join('\t')}\n`
  for (const exchange of exchanges) {
    const { timeMs, from, to, id, qname, qtype, rcode, answers = [], ttlSeconds, truncated, roundTripMs } = exchange
    const isAnswered = exchange.response !== undefined
    const shown = isAnswered && !truncated ? answers.map(answerText).filter((text) => text !== undefined) : []
    yield `${[
      (timeMs / 1000).toFixed(6),
      `C${randomText(random, UID_LETTERS, UID_ALPHABET)}`,
      ...[from.address, from.port, to.address, to.port, 'udp', id],
      isAnswered ? (roundTripMs / 1000).toFixed(6) : '-',
      queryText(qname),
      ...[1, 'C_INTERNET', qtype, formatType(qtype)],
      ...(isAnswered ? [rcode, formatRcode(rcode)] : ['-', '-']),
      ...['F', truncated ? 'T' : 'F', 'T', isAnswered ? 'T' : 'F', 0],
      ...(shown.length > 0 ? [shown.join(','), shown.map(() => ttlSeconds.toFixed(6)).join(',')] : ['-', '-']),
      'F',
    ].join('\t')}\n`
  }
}

function queryText(qname: string): string {
  return escaped(qname.toLowerCase().replace(/\\(\d{3})/g, (_, code: string) => String.fromCharCode(Number(code))))
}

/** How Zeek shows an answer; it shows none of types it does not know. */
function answerText({ type, rdata }: AnswerRecord): string | undefined {
  if (type === QTYPE.A) return rdata.join('.')
  if (type === QTYPE.AAAA) {
    const words = Array.from({ length: 8 }, (_, i) => ((rdata[2 * i] << 8) | rdata[2 * i + 1]).toString(16))
    return words.join(':')
  }
  if (type === QTYPE.TXT)
    return `TXT ${rdata[0]} ${escaped(Buffer.from(rdata.subarray(1, 1 + rdata[0])).toString('latin1'))}`
  return undefined
}

function escaped(text: string): string {
  return text.replace(/[^\x21-\x7e ]|[,\\]/g, (octet) => `\\x${octet.charCodeAt(0).toString(16).padStart(2, '0')}`)
}
