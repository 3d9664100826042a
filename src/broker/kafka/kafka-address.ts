/** Where a topic is: `kafka://[user[:password]@]host[:port][,host[:port]...]/topic`, `kafkas://` for TLS. */
export interface KafkaAddress {
  readonly brokers: readonly string[]
  readonly topic: string
  readonly tls: boolean
  readonly user: string | undefined
  readonly password: string | undefined
}

const PORT = 9092
/** Names Kafka takes for topics (org.apache.kafka.common.internals.Topic). */
const TOPIC = /^[a-zA-Z0-9._-]{1,249}$/
const HOST = /^(?:[a-zA-Z0-9.-]+|\[[0-9a-fA-F:.]+\])(?::(\d{1,5}))?$/

/** Whether a place named by a user is a topic of a broker. */
export function isKafkaAddress(place: string): boolean {
  return /^kafkas?:\/\//.test(place)
}

/**
 * An address taken apart, or one sentence on what is wrong with it.
 *
 * @example
 * parseKafkaAddress('kafka://localhost/ml-raw-dns') // brokers ['localhost:9092'], topic 'ml-raw-dns'
 */
export function parseKafkaAddress(text: string): KafkaAddress | string {
  const match = /^(kafkas?):\/\/(?:([^@/]*)@)?([^@/]*)\/(.*)$/.exec(text)
  if (!match) return `${hidden(text)} is no address of a topic: write kafka://HOST:PORT/TOPIC`
  const [, scheme, credentials, hosts, topic] = match
  if (!TOPIC.test(topic)) {
    return `${hidden(text)} names no topic: behind the last / stands its name, of letters, digits, dots, dashes and underscores.`
  }
  const brokers: string[] = []
  for (const host of hosts.split(',')) {
    const found = HOST.exec(host)
    if (!found || Number(found[1] ?? PORT) > 65_535 || Number(found[1] ?? PORT) === 0) {
      return `${hidden(text)} names no broker: write kafka://HOST:PORT/TOPIC, with commas between several hosts.`
    }
    brokers.push(found[1] === undefined ? `${host}:${PORT}` : host)
  }
  const [user, password] = credentials === undefined ? [] : splitOnce(credentials)
  return { brokers, topic, tls: scheme === 'kafkas', user, password }
}

/** The address without its password, for messages to people. */
export function hidden(text: string): string {
  return text.replace(/^(kafkas?:\/\/[^:@/]*):[^@/]*@/, '$1:...@')
}

function splitOnce(credentials: string): [string, string | undefined] {
  const colon = credentials.indexOf(':')
  if (colon < 0) return [decode(credentials), undefined]
  return [decode(credentials.slice(0, colon)), decode(credentials.slice(colon + 1))]
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
