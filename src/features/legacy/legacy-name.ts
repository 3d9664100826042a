import { createSuffixSplit, loadIcannSuffixes } from '../../dns/public-suffix.ts'

const split = createSuffixSplit()

/**
 * A name cut as the originals' tldextract cuts it: subdomain, domain, suffix; without the private section of the Public
 * Suffix List, and with no suffix at all where no rule speaks of the last label. A reused scratch.
 *
 * @example
 * // '252.0.0.224.in-addr.arpa' -> subdomain '252.0.0', domain '224'
 * // 'printer.local'            -> subdomain 'printer', domain 'local'
 */
export class LegacyName {
  /** Subdomain with its inner dots, and the domain right behind it: the text that entropy is taken of. */
  readonly bytes: Uint8Array = new Uint8Array(256)
  subdomainLength = 0
  domainLength = 0

  /** Cuts the wire-form name of `length` octets. */
  read(name: Uint8Array, start: number, length: number): void {
    const end = start + length
    const { domainStart, domainEnd } = cut(name, start, end)
    this.subdomainLength = this.copy(name, start, domainStart, 0)
    this.domainLength = this.copy(name, domainStart, domainEnd, this.subdomainLength)
  }

  private copy(name: Uint8Array, start: number, end: number, out: number): number {
    let to = out
    for (let at = start; at < end; ) {
      const label = name[at++]
      if (to > out) this.bytes[to++] = 0x2e
      for (let i = 0; i < label && at < end; i++) this.bytes[to++] = name[at++]
    }
    return to - out
  }
}

function cut(name: Uint8Array, start: number, end: number): { domainStart: number; domainEnd: number } {
  const found = loadIcannSuffixes().registeredDomainStart(name, start, end - start, split)
  if (isAddress(name, start, end)) return { domainStart: start, domainEnd: end }
  if (split.unknownTop) return { domainStart: split.suffixStart, domainEnd: end }
  // A name that is a suffix by itself has neither domain nor subdomain.
  return found < 0 ? { domainStart: start, domainEnd: start } : { domainStart: found, domainEnd: split.suffixStart }
}

/** Four numbers up to 255: tldextract takes an IPv4 address for one domain. */
function isAddress(name: Uint8Array, start: number, end: number): boolean {
  let labels = 0
  for (let at = start; at < end; at += 1 + name[at]) {
    const length = name[at]
    if (++labels > 4 || length > 3) return false
    let value = 0
    for (let i = at + 1; i <= at + length; i++) {
      const digit = name[i] - 0x30
      if (!(digit >= 0 && digit <= 9)) return false
      value = value * 10 + digit
    }
    if (value > 255) return false
  }
  return labels === 4
}
