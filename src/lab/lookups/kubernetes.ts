import { composeName } from '../names.ts'
import { pick } from '../noise.ts'
import { QTYPE } from '../qtypes.ts'
import { words } from '../words.ts'
import { assertLabZone } from '../zone.ts'
import { addresses, type Lookup, type LookupShape, nothing } from './lookup.ts'

const NAMESPACES = ['default', 'prod', 'payments', 'kube-system', 'monitoring']
const SERVICES = ['api', 'redis', 'auth', 'db', 'queue', 'web', 'metrics']

/** With `ndots:5` a pod tries every name with each of three suffixes first; only the last try or a service exists. */
export const kubernetes: LookupShape = {
  name: 'kubernetes',
  description: 'Pods ask for services and for outside names, with each search suffix of the cluster, A and AAAA.',
  zone: 'cluster.example',
  ask(count, random, zone = 'cluster.example') {
    assertLabZone(zone)
    const asked: Lookup[] = []
    while (asked.length < count) {
      const home = pick(random, NAMESPACES)
      const inside = random() < 0.5
      const name = inside ? [pick(random, SERVICES), pick(random, NAMESPACES)] : ['api', pick(random, words), 'com']
      for (const suffix of [[home, 'svc'], ['svc'], []]) {
        const found = inside && suffix[0] === 'svc'
        const qname = composeName([...name, ...suffix], zone)
        asked.push({ qname, qtype: QTYPE.A, ...(found ? addresses(1) : nothing) })
        asked.push({ qname, qtype: QTYPE.AAAA, ...nothing, rcode: found ? 0 : nothing.rcode })
        if (found) break
      }
    }
    return asked.slice(0, count)
  },
}
