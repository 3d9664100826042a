import type { Kafka, KafkaConfig, SASLOptions } from 'kafkajs'
import type { KafkaAddress } from './kafka-address.ts'

/** Ways to say who we are, by the word a user gives. */
export const SASL_MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const

/** How to connect, beside the address. */
export interface KafkaOptions {
  readonly mechanism?: (typeof SASL_MECHANISMS)[number]
  readonly user?: string
  readonly password?: string
  /** Certificates of those who may have signed the broker's, as PEM. */
  readonly ca?: string
}

/** What a user is told who has no client. */
export const NO_CLIENT = 'Kafka needs a client that is not installed: npm install kafkajs'

/** A client of the brokers at an address. The client is loaded here and nowhere else: who has no Kafka needs none. */
export async function makeClient(address: KafkaAddress, options: KafkaOptions): Promise<Kafka> {
  let library: typeof import('kafkajs')
  try {
    library = (await import('kafkajs')).default as unknown as typeof import('kafkajs')
  } catch (cause) {
    throw new KafkaError(NO_CLIENT, { cause })
  }
  const config: KafkaConfig = {
    clientId: 'wakeful',
    brokers: [...address.brokers],
    connectionTimeout: 5000,
    // What goes wrong is told by us, once, in a sentence.
    logLevel: library.logLevel.NOTHING,
    retry: { initialRetryTime: 200, maxRetryTime: 2000, retries: 3 },
    ...(address.tls ? { ssl: options.ca === undefined ? true : { ca: [options.ca] } } : {}),
    ...saslOf(address, options),
  }
  return new library.Kafka(config)
}

function saslOf(address: KafkaAddress, options: KafkaOptions): { sasl?: SASLOptions } {
  const username = options.user ?? address.user
  const password = options.password ?? address.password
  if (username === undefined) return {}
  if (password === undefined) {
    throw new KafkaError(
      'A user of Kafka needs a password: set WAKEFUL_KAFKA_PASSWORD, or write it to a file and name that with WAKEFUL_KAFKA_PASSWORD_FILE.',
    )
  }
  return { sasl: { mechanism: options.mechanism ?? 'plain', username, password } as SASLOptions }
}

/** A setting that cannot work; the message is one sentence for the operator. */
export class KafkaError extends Error {
  override readonly name = 'KafkaError'
}
