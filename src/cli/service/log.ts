import pino from 'pino'
import type { Settings } from '../../settings/schema.ts'
import { say } from '../say.ts'

/** How a service says things: sentences for people, or one JSON object each for a collector; on standard error both. */
export function serviceLog(log: Settings['log']): (sentence: string) => void {
  if (log === 'text') return say
  const logger = pino({ base: { service: 'wakeful' } }, pino.destination({ dest: 2, sync: true }))
  return (sentence) => logger.info(sentence)
}
