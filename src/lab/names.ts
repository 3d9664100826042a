import { formatName, LABEL_OCTETS_MAX, NAME_OCTETS_MAX, parseName } from '../dns/name.ts'

const wire = new Uint8Array(NAME_OCTETS_MAX + 1)

/**
 * A name in presentation form from its labels, whose characters are octets (latin1), and the zone.
 *
 * Throws where a label or the name is too long: an encoder that asks for that has a bug.
 *
 * @example
 * composeName(['a\u00bc', 'b'], 'x.test') // 'a\188.b.x.test'
 */
export function composeName(labels: readonly string[], zone: string): string {
  let at = 0
  for (const label of labels) {
    if (label.length === 0 || label.length > LABEL_OCTETS_MAX) throw new Error(`label of ${label.length} octets`)
    if (at + 1 + label.length > NAME_OCTETS_MAX) throw new Error(`labels do not fit before ${zone}`)
    wire[at++] = label.length
    for (let i = 0; i < label.length; i++) wire[at++] = label.charCodeAt(i)
  }
  const rest = parseName(zone, scratch, 0)
  if (rest < 0 || at + rest > NAME_OCTETS_MAX) throw new Error(`labels do not fit before ${zone}`)
  wire.set(scratch.subarray(0, rest), at)
  return formatName(wire, 0, at + rest)
}

const scratch = new Uint8Array(NAME_OCTETS_MAX + 1)

/** Labels of a name in presentation form, their characters octets (latin1). */
export function splitName(qname: string): string[] {
  const length = parseName(qname, scratch, 0)
  const labels: string[] = []
  for (let at = 0; at < length; at += 1 + scratch[at]) {
    labels.push(String.fromCharCode(...scratch.subarray(at + 1, at + 1 + scratch[at])))
  }
  return labels
}

/** What stands before the zone, label by label, for each name under it; names elsewhere are left out. */
export function prefixesUnder(names: readonly string[], zone: string): string[][] {
  const depth = zone.split('.').length
  return names
    .map(splitName)
    .filter((labels) => labels.length > depth && labels.slice(-depth).join('.').toLowerCase() === zone)
    .map((labels) => labels.slice(0, -depth))
}

/** Text cut in pieces of `size`, the last one shorter. */
export function cut(text: string, size: number): string[] {
  const pieces: string[] = []
  for (let at = 0; at < text.length; at += size) pieces.push(text.slice(at, at + size))
  return pieces
}
