import type { Incident } from '../detect/incident.ts'

/** A query for another tool, to be copied. */
export interface Pivot {
  readonly name: string
  readonly query: string
}

/** Clients in one query; more make it unreadable. */
const CLIENTS_MAX = 5

/** What to ask other tools about an incident. Whatever a name holds stays inside its quotes. */
export function pivotsOf({ registeredDomain, clients, scope }: Incident): readonly Pivot[] {
  const some = clients.slice(0, CLIENTS_MAX)
  if (scope === 'client') {
    return [
      {
        name: 'Zeek',
        query: `zeek-cut ts id.orig_h query qtype_name answers < dns.log | awk -F'\\t' ${shell(`$2 == ${quoted(some[0] ?? '')}`)}`,
      },
      {
        name: 'Splunk',
        query: `index=* sourcetype="zeek:dns" ("id.orig_h"=${quoted(some[0] ?? '')}) | stats count dc(query) by query`,
      },
      { name: 'Elastic', query: `dns.question.name : * and source.ip : ${quoted(some[0] ?? '')}` },
    ]
  }
  const pattern = `(^|\\.)${registeredDomain.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`
  const from = some.map((client) => `source.ip : ${quoted(client)}`).join(' or ')
  return [
    {
      name: 'Zeek',
      query: `zeek-cut ts id.orig_h query qtype_name answers < dns.log | awk -F'\\t' ${shell(`$3 ~ ${quoted(pattern)}`)}`,
    },
    {
      name: 'Splunk',
      query: `index=* sourcetype="zeek:dns" (query=${quoted(registeredDomain)} OR query=${quoted(`*.${registeredDomain}`)}) | stats count dc(query) by "id.orig_h"`,
    },
    {
      name: 'Elastic',
      query: `dns.question.registered_domain : ${quoted(registeredDomain)}${from ? ` and (${from})` : ''}`,
    },
  ]
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}

/** One word of a POSIX shell. */
function shell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
