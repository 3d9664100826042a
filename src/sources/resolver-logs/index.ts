import { bind } from './bind.ts'
import { coredns } from './coredns.ts'
import { dnsdist } from './dnsdist.ts'
import { dnsmasq } from './dnsmasq.ts'
import type { ResolverLog } from './resolver-log.ts'
import { unbound } from './unbound.ts'

/** Every log of queries that a name server writes as text: one line a server. */
export const RESOLVER_LOGS: readonly ResolverLog[] = [bind, unbound, dnsmasq, dnsdist, coredns]
