import { NAME_OCTETS_MAX, parseName } from '../dns/name.ts'

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
/** RFC 6761 6: names that no public resolver answers, so that nothing made here can ever reach a stranger. */
const RESERVED: readonly string[] = ['test', 'example', 'invalid']
const scratch = new Uint8Array(NAME_OCTETS_MAX + 1)

/**
 * Refuses a zone that is not reserved for tests, or not written in lower case without a dot at the end.
 *
 * @example
 * assertLabZone('t1.leak.example') // and throws for 'leak.com'
 */
export function assertLabZone(zone: string): void {
  const labels = zone.split('.')
  const plain = labels.every((label) => LABEL.test(label)) && parseName(zone, scratch, 0) > 0
  if (!plain || !RESERVED.includes(labels[labels.length - 1])) {
    throw new Error(`the lab makes names under .test, .example and .invalid only, in lower case; not under '${zone}'`)
  }
}

/** Wire octets a prefix may take in front of the zone: every label costs its length octet too. */
export function prefixRoom(zone: string): number {
  return NAME_OCTETS_MAX - (zone.length + 1)
}
