import { readFileSync } from 'node:fs'
import type { Broker, BrokerWatcher } from '../broker/broker.ts'
import { isKafkaAddress, type KafkaAddress, parseKafkaAddress } from '../broker/kafka/kafka-address.ts'
import { KafkaError, type KafkaOptions, SASL_MECHANISMS } from '../broker/kafka/kafka-client.ts'
import { EXIT, ExitError } from './exit.ts'
import { say } from './say.ts'

export { isKafkaAddress }

/** The address of a topic, or the sentence on what is wrong with it as a usage error. */
export function kafkaAddress(place: string): KafkaAddress {
  const parsed = parseKafkaAddress(place)
  if (typeof parsed === 'string') throw new ExitError(EXIT.usage, parsed)
  return parsed
}

/** Says troubles and their ends; results do not depend on them. */
export const sayingWatcher: BrokerWatcher = {
  onTrouble: say,
  onRecovered: () => say('reading and writing go on.'),
}

/** Opens the brokers of an address. Who we are is read from the environment: arguments can be seen by every user of a machine. */
export async function openBroker(address: KafkaAddress, watcher: BrokerWatcher = sayingWatcher): Promise<Broker> {
  try {
    const { openKafka } = await import('../broker/kafka/kafka-broker.ts')
    return await openKafka(address, optionsOf(process.env), watcher)
  } catch (error) {
    if (error instanceof KafkaError) throw new ExitError(EXIT.configuration, error.message, { cause: error })
    throw error
  }
}

function optionsOf(environment: NodeJS.ProcessEnv): KafkaOptions {
  const { WAKEFUL_KAFKA_SASL: mechanism, WAKEFUL_KAFKA_USER: user } = environment
  const known = SASL_MECHANISMS.find((name) => name === mechanism?.toLowerCase())
  if (mechanism !== undefined && known === undefined) {
    throw new KafkaError(`WAKEFUL_KAFKA_SASL is ${mechanism}: set it to one of ${SASL_MECHANISMS.join(', ')}.`)
  }
  const password = environment.WAKEFUL_KAFKA_PASSWORD ?? fileNamed(environment.WAKEFUL_KAFKA_PASSWORD_FILE)?.trimEnd()
  const ca = fileNamed(environment.WAKEFUL_KAFKA_CA_FILE)
  return {
    ...(known === undefined ? {} : { mechanism: known }),
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ...(ca === undefined ? {} : { ca }),
  }
}

function fileNamed(path: string | undefined): string | undefined {
  return path === undefined ? undefined : readFileSync(path, 'utf8')
}
