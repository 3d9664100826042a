import { randomText } from '../noise.ts'
import type { SentExchange } from './sent-exchange.ts'
import { UID_ALPHABET, UID_LETTERS } from './zeek-log.ts'

const FIELDS = [
  ...['ts', 'uid', 'id.orig_h', 'id.orig_p', 'id.resp_h', 'id.resp_p', 'proto', 'service', 'duration', 'orig_bytes'],
  ...['resp_bytes', 'conn_state', 'local_orig', 'local_resp', 'missed_bytes', 'history', 'orig_pkts', 'orig_ip_bytes'],
  ...['resp_pkts', 'resp_ip_bytes', 'tunnel_parents'],
]
const TYPES = [
  ...[
    'time',
    'string',
    'addr',
    'port',
    'addr',
    'port',
    'enum',
    'string',
    'interval',
    'count',
    'count',
    'string',
    'bool',
  ],
  ...['bool', 'count', 'string', 'count', 'count', 'count', 'count', 'set[string]'],
]
/** Headers of IPv4 and UDP around a message. */
const HEADER_OCTETS = 28

/**
 * The exchanges as Zeek's conn.log has them, each a flow of its own, as each was asked from a port drawn anew. With the chance that
 * wrote the dns.log, every row has the uid of its partner there.
 */
export function* connLines(exchanges: readonly SentExchange[], random: () => number): Generator<string> {
  yield '#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n'
  yield `#fields\t${FIELDS.join('\t')}\n#types\t${TYPES.join('\t')}\n`
  for (const { timeMs, from, to, query, response, roundTripMs, againMs } of exchanges) {
    const asked = againMs === undefined ? 1 : 2
    const answered = response === undefined ? 0 : 1
    const [sent, got] = [asked * query.length, response?.length ?? 0]
    const lastMs = Math.max(againMs ?? timeMs, response === undefined ? timeMs : (againMs ?? timeMs) + roundTripMs)
    yield `${[
      (timeMs / 1000).toFixed(6),
      `C${randomText(random, UID_LETTERS, UID_ALPHABET)}`,
      ...[from.address, from.port, to.address, to.port, 'udp', 'dns'],
      lastMs > timeMs ? ((lastMs - timeMs) / 1000).toFixed(6) : '-',
      ...[sent, got, answered === 1 ? 'SF' : 'S0', 'T', 'T', 0, answered === 1 ? 'Dd' : 'D'],
      ...[asked, sent + asked * HEADER_OCTETS, answered, got + answered * HEADER_OCTETS, '(empty)'],
    ].join('\t')}\n`
  }
}
