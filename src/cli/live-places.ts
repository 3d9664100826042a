import { topicPlace } from '../pipeline/stream/topic-place.ts'
import { LIVE_KINDS, parseLivePlace } from '../sources/live/index.ts'
import type { LivePlace } from '../sources/live/live-place.ts'
import { EXIT, ExitError } from './exit.ts'
import { isKafkaAddress, kafkaAddress, openBroker } from './stream-place.ts'

/** Live sources by what users write, or one sentence on the first that is none. */
export function livePlaces(from: readonly string[]): readonly LivePlace[] {
  return from.map((text) => {
    if (isKafkaAddress(text)) {
      const address = kafkaAddress(text)
      return topicPlace(`kafka://${address.brokers.join()}/${address.topic}`, address.topic, () => openBroker(address))
    }
    const place = parseLivePlace(text)
    if (typeof place === 'string') throw new ExitError(EXIT.usage, place)
    if (place !== undefined) return place
    throw new ExitError(
      EXIT.usage,
      `${text} is no live source: those are KIND:PLACE, of ${LIVE_KINDS.join(', ')}; files are watched in a wakeful watch of their own.`,
    )
  })
}
