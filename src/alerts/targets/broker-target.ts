import type { Broker } from '../../broker/broker.ts'
import { partitionOfKey } from '../../broker/partition-of-key.ts'
import type { AlertFormat } from '../../sinks/alerts/alert-format.ts'
import { type AlertTarget, DeliveryError } from '../target.ts'

/** Writes alerts to a topic, keyed by registered domain, so that the revisions of one incident stay in order. */
export function brokerTarget(name: string, topic: string, format: AlertFormat, opened: Promise<Broker>): AlertTarget {
  // Told where it is first sent to.
  opened.catch(() => {})
  return {
    name,
    deliver: async (alert) => {
      const key = alert.incident.registeredDomain
      try {
        const broker = await opened
        const parts = (await broker.spans(topic))?.length ?? 1
        await broker.send(topic, [{ partition: partitionOfKey(key, parts), key, value: format.write(alert).trimEnd() }])
      } catch (error) {
        throw new DeliveryError(`${name} cannot be written to (${(error as Error).message}).`)
      }
    },
    close: async () => (await opened.catch(() => undefined))?.close(),
  }
}
