/**
 * The forms that encoded look-ups take (antivirus reputation, block lists, telemetry): every name cut the same way,
 * with nothing in it but a key. What speaks against a key: a header that stays, a counter that runs, text inside.
 * reference/calibration.md 5 says what each test was needed for.
 */

/** A form of look-up names. */
export type LookupForm = 'address' | 'uuid' | 'fixed'

const SAME_LABELS_SHARE = 0.85
const FORM_SHARE = 0.9
const PLACE_SHARE = 0.8
const PRINTABLE_SHARE = 0.85
const HYPHEN = 0x2d
/** A label with fewer places that vary is a number on a host name (`push-38`), not a header with payload behind it. */
const PAYLOAD_PLACES = 6

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?:^|\.)[0-9a-f]{32}(?:\.|$)/
const ADDRESS =
  /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.|$)|^(?:[0-9a-f]\.){31}[0-9a-f](?:\.|$)/

/**
 * The look-up form of these prefixes (folded text, oldest first), or undefined where they have none or where something
 * inside speaks against a look-up.
 *
 * @example
 * lookupForm(['4.3.2.1', '8.7.6.5', '9.9.9.9']) // 'address'
 */
export function lookupForm(prefixes: readonly string[]): LookupForm | undefined {
  if (prefixes.length === 0) return undefined
  const share = (test: (prefix: string) => boolean) => prefixes.filter(test).length / prefixes.length
  if (addressShare(prefixes) >= FORM_SHARE) return 'address'
  const columns = labelColumns(prefixes)
  if (!columns) return undefined
  for (const labels of columns) {
    if (new Set(labels).size === 1) continue
    if (hasHeader(labels) || isCounter(labels)) return undefined
  }
  if (speaks(columns)) return undefined
  if (share((prefix) => UUID.test(prefix)) >= FORM_SHARE) return 'uuid'
  return columns.every(sameLength) ? 'fixed' : undefined
}

/**
 * Share of the prefixes that are an address and what stands behind it in most: a customer's key. Labels that vary there
 * are no part of an address, or four short labels in front would make a look-up of anything.
 */
function addressShare(prefixes: readonly string[]): number {
  const tails = new Map<string, number>()
  for (const prefix of prefixes) {
    const address = ADDRESS.exec(prefix)?.[0]
    if (address === undefined) continue
    const tail = prefix.slice(address.length)
    tails.set(tail, (tails.get(tail) ?? 0) + 1)
  }
  return Math.max(0, ...tails.values()) / prefixes.length
}

/** Labels by their place, of the names with the commonest label count; undefined where too few share one. */
function labelColumns(prefixes: readonly string[]): string[][] | undefined {
  const cut = prefixes.map((prefix) => prefix.split('.'))
  const counts = new Map<number, number>()
  for (const labels of cut) counts.set(labels.length, (counts.get(labels.length) ?? 0) + 1)
  const [count, names] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]
  if (names < prefixes.length * SAME_LABELS_SHARE) return undefined
  const same = cut.filter((labels) => labels.length === count)
  return Array.from({ length: count }, (_, place) => same.map((labels) => labels[place]))
}

function sameLength(labels: readonly string[]): boolean {
  const lengths = labels.map((label) => label.length).sort((a, b) => a - b)
  const median = lengths[lengths.length >> 1]
  return lengths[0] >= median - 1 && lengths[lengths.length - 1] <= median + 1
}

/** Times each octet stands in a place, all zero between calls. */
const times = new Uint32Array(256)

/** Two or more places, before a constant tail, that hold one value in nearly every name: session ids, commands. */
function hasHeader(labels: readonly string[]): boolean {
  let shortest = Number.POSITIVE_INFINITY
  for (const label of labels) shortest = Math.min(shortest, label.length)
  const constant: boolean[] = []
  let hyphens = 0
  for (let place = 0; place < shortest; place++) {
    for (const label of labels) times[label.charCodeAt(place) & 0xff]++
    // More than half have it, so no other octet is as common.
    let held = -1
    for (const label of labels) {
      const octet = label.charCodeAt(place) & 0xff
      if (times[octet] > labels.length * PLACE_SHARE) held = octet
      times[octet] = 0
    }
    constant.push(held >= 0 && held !== HYPHEN)
    // A hyphen in its place is neither header nor payload.
    if (held === HYPHEN) hyphens++
  }
  let end = constant.length
  while (end > 0 && constant[end - 1]) end--
  const held = constant.slice(0, end).filter(Boolean).length
  return held >= 2 && end - held - hyphens >= PAYLOAD_PLACES
}

/** Short labels that count up, in decimal or hexadecimal, by the same small steps most of the time. */
function isCounter(labels: readonly string[]): boolean {
  if (labels.length < 3 || labels.some((label) => label.length > 8)) return false
  return [10, 16].some((base) => {
    const pattern = base === 10 ? /^\d+$/ : /^[0-9a-f]+$/
    if (!labels.every((label) => pattern.test(label))) return false
    const values = labels.map((label) => Number.parseInt(label, base))
    let steps = 0
    for (let i = 1; i < values.length; i++) {
      const step = values[i] - values[i - 1]
      if (step > 0 && step <= 4) steps++
    }
    return steps >= (values.length - 1) * PLACE_SHARE
  })
}

/** Hexadecimal that decodes to text: a key is noise, a message is not. */
function speaks(columns: readonly string[][]): boolean {
  let octets = 0
  let printable = 0
  for (const labels of columns) {
    for (const label of labels) {
      if (label.length < 16 || label.length % 2 !== 0 || !/^[0-9a-f]+$/.test(label)) continue
      for (const octet of Buffer.from(label, 'hex')) {
        octets++
        if ((octet >= 0x20 && octet < 0x7f) || octet === 0x0a || octet === 0x0d || octet === 0x09) printable++
      }
    }
  }
  return octets > 0 && printable >= octets * PRINTABLE_SHARE
}
