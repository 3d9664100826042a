/** Seconds a resolver may go on with what it knows. */
const TTL_SECONDS = 60

/** What a policy zone says. */
export interface PolicyZone {
  /** Domains to block, each a name that a zone file can hold. */
  readonly domains: readonly string[]
  /** Domains that are shown in comments: what would be blocked, and what is not, with the reason. */
  readonly remarks: readonly { readonly domain: string; readonly remark: string }[]
  /** Grows with each change (RFC 1982); seconds since 1970 do. */
  readonly serial: number
}

/**
 * A response policy zone as a master file, names below the zone's own: each domain and all below it does not exist (`CNAME .`;
 * Vixie and Schryver, "DNS Response Policy Zones", 3.1).
 */
export function policyZone({ domains, remarks, serial }: PolicyZone): string {
  const lines = [
    '; written by wakeful; changes made here are written over',
    `$TTL ${TTL_SECONDS}`,
    `@ SOA localhost. root.localhost. ( ${serial >>> 0} ${TTL_SECONDS} ${TTL_SECONDS} 86400 ${TTL_SECONDS} )`,
    '@ NS localhost.',
    ...remarks.map(({ domain, remark }) => `; ${remark}: ${commentText(domain)}`),
    ...domains.flatMap((domain) => [`${domain} CNAME .`, `*.${domain} CNAME .`]),
  ]
  return `${lines.join('\n')}\n`
}

/** The same as a plain list, one domain a line. */
export function blockList({ domains, remarks }: PolicyZone): string {
  const lines = [
    '# written by wakeful; changes made here are written over',
    ...remarks.map(({ domain, remark }) => `# ${remark}: ${commentText(domain)}`),
    ...domains,
  ]
  return `${lines.join('\n')}\n`
}

/** A comment ends with its line: nothing in it may end the line. */
function commentText(text: string): string {
  return text.replace(/[^\x21-\x7e]/g, '?')
}
