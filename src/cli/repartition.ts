import { loadPublicSuffixes } from '../dns/public-suffix.ts'
import { Repartition } from '../pipeline/stream/repartition.ts'
import { countWords } from '../sinks/words.ts'
import { EXIT, ExitError } from './exit.ts'
import { say } from './say.ts'
import { isKafkaAddress, kafkaAddress, openBroker } from './stream-place.ts'
import { untilSignalled } from './until-signalled.ts'

/** `wakeful replay kafka://... --to kafka://...`: passes a topic on to one that is keyed by registered domain, until it is told to end. */
export async function runRepartition(from: string, to: string, partitions: number): Promise<void> {
  if (!isKafkaAddress(to))
    throw new ExitError(EXIT.usage, 'A topic is passed on to another: name it with --to kafka://HOST:PORT/TOPIC')
  const source = kafkaAddress(from)
  const target = kafkaAddress(to)
  if (source.brokers.join() !== target.brokers.join()) {
    throw new ExitError(
      EXIT.usage,
      'Both topics have to be on the same brokers: pass on from the brokers that hold the input.',
    )
  }
  const broker = await openBroker(source)
  try {
    await broker.create(target.topic, partitions)
    const deadLetters = `${source.topic}-dead-letters`
    await broker.create(deadLetters, 1)
    const parts = (await broker.spans(target.topic))!.length
    const group = `wakeful-repartition-${target.topic}`
    const work = new Repartition(broker, {
      ...{ from: source.topic, to: target.topic, parts, deadLetters, group, suffixes: loadPublicSuffixes() },
    })
    await work.join()
    await untilSignalled()
    await work.drain()
    say(`${countWords(work.passed, 'message')} passed on to ${target.topic}, ${work.refused} refused.`)
  } finally {
    await broker.close()
  }
}
