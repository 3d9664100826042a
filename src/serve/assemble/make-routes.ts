import { hostname } from 'node:os'
import { join } from 'node:path'
import { addressGuard } from '../../alerts/address-guard.ts'
import { Delivery, type DeliveryWorld } from '../../alerts/delivery.ts'
import type { Route } from '../../alerts/dispatcher.ts'
import { Spool } from '../../alerts/spool.ts'
import type { AlertTarget } from '../../alerts/target.ts'
import { brokerTarget } from '../../alerts/targets/broker-target.ts'
import { fileTarget, streamTarget } from '../../alerts/targets/lines-target.ts'
import { syslogTarget } from '../../alerts/targets/syslog-target.ts'
import { webhookTarget } from '../../alerts/targets/webhook-target.ts'
import type { Broker } from '../../broker/broker.ts'
import { type KafkaAddress, parseKafkaAddress } from '../../broker/kafka/kafka-address.ts'
import type { Troubles } from '../../service/troubles.ts'
import type { Target } from '../../settings/schema.ts'
import { readSecret, readText } from '../../settings/secret.ts'
import { SettingsError } from '../../settings/settings-error.ts'
import { ALERT_FORMATS } from '../../sinks/alerts/index.ts'

/** Ports of syslog: RFC 5426 and, with TLS, RFC 5425. */
const SYSLOG_PORT = 514
const SYSLOG_TLS_PORT = 6514

/** What targets need of the process they run in. */
export interface TargetWorld extends Omit<DeliveryWorld, 'onTrouble'> {
  readonly environment: NodeJS.ProcessEnv
  now(): number
  writeOut(text: string): Promise<void>
  openBroker(address: KafkaAddress): Promise<Broker>
}

/**
 * The targets of a configuration, each with its spool under `folder`. Throws {@link SettingsError} for a mistake; what it gives opens the
 * spools, which must be nobody else's by then.
 */
export function makeRoutes(
  targets: readonly Target[],
  folder: string,
  troubles: Troubles,
  world: TargetWorld,
): () => readonly Route[] {
  const names = targets.map((target, index) => target.name ?? `${target.type}-${index + 1}`)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new SettingsError(`Two alert targets are called ${twice}: name each its own.`)
  const made = targets.map((target, index) => makeTarget(target, names[index], world))
  const onTrouble = (name: string, sentence: string | undefined) => troubles.set(`target ${name}`, sentence)
  const open = (target: Target, index: number): Route => {
    const name = names[index]
    const spool = new Spool(join(folder, encodeURIComponent(name)), {
      onDoubt: (sentence) => troubles.set(`spool ${name}`, sentence),
      onTrouble: (sentence) => troubles.set(`spool ${name}`, sentence),
    })
    return {
      delivery: new Delivery(made[index], spool, { ...world, onTrouble }),
      minSeverity: target.minSeverity,
      revisions: target.revisions ?? (isChat(target) ? 'raised' : 'all'),
      preview: target.preview,
    }
  }
  return () => targets.map(open)
}

/** People read a chat: they are told when something begins or gets worse, not each hour. */
function isChat(target: Target): boolean {
  return target.type === 'webhook' && (target.format === 'slack' || target.format === 'teams')
}

function makeTarget(target: Target, name: string, world: TargetWorld): AlertTarget {
  const format = ALERT_FORMATS.find((known) => known.name === target.format)!
  const ca = 'caFile' in target && target.caFile !== undefined ? readText(target.caFile) : undefined
  switch (target.type) {
    case 'webhook': {
      const guard = addressGuard(target.allowNetworks)
      const token = target.token && readSecret(target.token, world.environment)
      return webhookTarget({ name, url: urlOf(target.url, name, world), format, guard, token, ca })
    }
    case 'syslog': {
      const { transport, host, port = transport === 'tls' ? SYSLOG_TLS_PORT : SYSLOG_PORT } = target
      const sender = { hostname: hostname(), processId: process.pid }
      return syslogTarget({ name, transport, host, port, format, sender, ca, now: world.now })
    }
    case 'file':
      return fileTarget(name, target.path, format)
    case 'stdout':
      return streamTarget(name, world.writeOut, format)
    case 'kafka': {
      const address = parseKafkaAddress(target.address)
      if (typeof address === 'string') throw new SettingsError(address)
      return brokerTarget(name, address.topic, format, world.openBroker(address))
    }
  }
}

function urlOf(url: Extract<Target, { type: 'webhook' }>['url'], name: string, { environment }: TargetWorld): URL {
  const text = typeof url === 'string' ? url : readSecret(url, environment)
  if (URL.canParse(text) && /^https?:/i.test(text)) return new URL(text)
  // The address itself may be the secret.
  throw new SettingsError(`The address of the webhook ${name} is no http or https address.`)
}
