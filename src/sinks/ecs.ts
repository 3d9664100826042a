import { isIP } from 'node:net'
import { type Incident, isAlert, type Severity } from '../detect/incident.ts'
import { ecsThreat } from './ecs-threat.ts'
import { ecsWakeful } from './ecs-wakeful.ts'
import type { IncidentFormat } from './incident-format.ts'
import { jsonLine } from './ndjson.ts'

/** The schema's version whose field names these are; all of them have stood since 8.0. */
const ECS_VERSION = '8.11.0'

/** The numbers Elastic's own detection rules use for these words, so that incidents sort among other alerts. */
const SEVERITY_NUMBERS: Readonly<Record<Severity, number>> = { low: 21, medium: 47, high: 73, critical: 99 }

const RULES: Readonly<Record<Incident['class'], string>> = {
  tunnel: 'DNS tunnel',
  exfiltration: 'Data leaving through DNS',
  'lookup-service': 'DNS look-up service inside its budget',
  unknown: 'Unusual DNS traffic',
}

/**
 * Elastic Common Schema 8.x: one incident a line, in printable ASCII, ready for a shipper. An incident of an input
 * without times has no `@timestamp`, since a clock would make every run different: the shipper sets its own.
 */
export const ecs: IncidentFormat = {
  name: 'ecs',
  *write(incidents) {
    for (const incident of incidents) yield jsonLine(ecsEvent(incident))
  },
}

/** The event of one incident. What has no value is left out: an index knows the difference, null is noise in it. */
export function ecsEvent(incident: Incident): object {
  const { evidence, registeredDomain, relatedDomains, clients } = incident
  const addresses = clients.filter(isAddress)
  const sent = Math.round(incident.bytesOut)
  const received = Math.round(incident.bytesIn)
  return present({
    '@timestamp': incident.alertedAt ?? incident.firstSeen,
    ecs: { version: ECS_VERSION },
    message: `${incident.severity}: ${RULES[incident.class]}, ${subjectOf(incident)}`,
    event: eventOf(incident),
    rule: { name: RULES[incident.class], category: incident.class, ruleset: 'wakeful' },
    dns: {
      type: 'query',
      question: present({
        name: evidence.sampleQnames[0],
        registered_domain: registeredDomain,
        // Most frequent first (contract): the one that says what was asked for.
        type: Object.keys(evidence.qtypes)[0],
      }),
    },
    // One value each, as the schema has it: the client that sent most; `related.ip` has them all.
    source: present({ address: clients[0], ip: addresses[0], bytes: sent }),
    // Payload octets, as everywhere in an incident; not the size of packets.
    destination: { bytes: received },
    network: { protocol: 'dns', bytes: sent + received },
    related: present({
      ip: addresses,
      hosts: [...new Set([registeredDomain, ...relatedDomains, ...evidence.sampleQnames])],
    }),
    threat: ecsThreat(incident.attack),
    labels: { severity: incident.severity, class: incident.class, confidence: incident.confidence },
    wakeful: ecsWakeful(incident),
  })
}

function eventOf(incident: Incident): object {
  const { firstSeen, lastSeen, detectors, severity, score } = incident
  return present({
    kind: isAlert(incident) ? 'alert' : 'event',
    category: ['network', 'intrusion_detection'],
    type: ['info'],
    module: 'wakeful',
    dataset: 'wakeful.incident',
    id: incident.id,
    severity: SEVERITY_NUMBERS[severity],
    risk_score: Math.round(score * 1000) / 10,
    // The score knows no budgets; severity does, and is what people sort by.
    risk_score_norm: SEVERITY_NUMBERS[severity],
    start: firstSeen,
    end: lastSeen,
    // Nanoseconds (event.duration).
    duration: firstSeen && lastSeen ? (Date.parse(lastSeen) - Date.parse(firstSeen)) * 1e6 : null,
    reason: detectors
      .filter((detector) => detector.fired)
      .map(({ name, reason }) => `${name}: ${reason}`)
      .join('; '),
  })
}

function subjectOf({ scope, clients, registeredDomain }: Incident): string {
  return scope === 'client' ? `${clients[0]} over many domains` : registeredDomain
}

/** An index refuses the whole event where an `ip` field holds something else; it knows no zones (`fe80::1%eth0`). */
function isAddress(text: string): boolean {
  return isIP(text) !== 0 && !text.includes('%')
}

/** The fields that have a value. */
function present(fields: Record<string, unknown>): object {
  const isEmpty = (value: unknown) =>
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value)))
}
