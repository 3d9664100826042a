import type { Incident } from '../detect/incident.ts'

/**
 * What an incident says and the schema has no field for, under `wakeful.*`. Nothing seen on the wire becomes a key: an
 * index makes a field of every key, and whoever asks for odd types would fill it up. The timeline is left to ndjson.
 */
export function ecsWakeful(incident: Incident): object {
  const { evidence } = incident
  return {
    scope: incident.scope,
    severity: incident.severity,
    class: incident.class,
    confidence: incident.confidence,
    score: incident.score,
    queries: incident.queries,
    queries_before_alert: incident.queriesBeforeAlert,
    octets: {
      out: incident.bytesOut,
      in: incident.bytesIn,
      out_before_alert: incident.bytesBeforeAlert,
      prefix_before_alert: incident.prefixOctetsBeforeAlert,
    },
    client_count: incident.clientCount,
    related_domains: incident.relatedDomains,
    detectors: incident.detectors,
    signals: evidence.signals,
    sample_names: evidence.sampleQnames,
    query_types: Object.entries(evidence.qtypes).map(([type, queries]) => ({ type, queries })),
    decoded: evidence.decoded,
    rhythm: evidence.rhythm,
    style: incident.style,
    attack: incident.attack,
    source: incident.source,
  }
}
