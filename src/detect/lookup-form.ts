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
const HEX = /^[0-9a-f]+$/
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
  if (isAddressForm(prefixes)) return 'address'
  const columns = labelColumns(prefixes)
  if (!columns) return undefined
  for (const labels of columns) {
    if (labels.every((label) => label === labels[0])) continue
    if (hasHeader(labels) || isCounter(labels)) return undefined
  }
  if (speaks(columns)) return undefined
  if (share((prefix) => UUID.test(prefix)) >= FORM_SHARE) return 'uuid'
  return columns.every(sameLength) ? 'fixed' : undefined
}

/**
 * Whether nearly all prefixes are an address and what stands behind it in most: a customer's key. Labels that vary there
 * are no part of an address, or four short labels in front would make a look-up of anything.
 */
export function isAddressForm(prefixes: readonly string[]): boolean {
  const tails = new Map<string, number>()
  for (const prefix of prefixes) {
    const address = ADDRESS.exec(prefix)?.[0]
    if (address === undefined) continue
    const tail = prefix.slice(address.length)
    tails.set(tail, (tails.get(tail) ?? 0) + 1)
  }
  return prefixes.length > 0 && Math.max(0, ...tails.values()) >= prefixes.length * FORM_SHARE
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

/** Two or more places, before a constant tail, that hold one value in nearly every name: session ids, commands. */
function hasHeader(labels: readonly string[]): boolean {
  let shortest = Number.POSITIVE_INFINITY
  for (const label of labels) shortest = Math.min(shortest, label.length)
  let held = 0
  let others = 0
  // From the end, as a constant tail is passed over: it is no header.
  let tail = true
  for (let place = shortest - 1; place >= 0; place--) {
    const octet = heldOctet(labels, place)
    if (tail && octet >= 0 && octet !== HYPHEN) continue
    tail = false
    // A hyphen in its place is neither header nor payload.
    if (octet < 0) others++
    else if (octet !== HYPHEN) held++
  }
  return held >= 2 && others >= PAYLOAD_PLACES
}

/** The octet that nearly all labels have in a place; -1 where there is none. */
function heldOctet(labels: readonly string[], place: number): number {
  // The vote of Boyer and Moore (1981): of two that differ both are struck, and what nearly all have is left over often.
  let octet = -1
  let more = 0
  for (const label of labels) {
    const here = label.charCodeAt(place)
    if (more === 0) octet = here
    more += here === octet ? 1 : -1
  }
  if (more <= labels.length * (2 * PLACE_SHARE - 1)) return -1
  let count = 0
  for (const label of labels) if (label.charCodeAt(place) === octet) count++
  return count > labels.length * PLACE_SHARE ? octet : -1
}

/** Short labels that count up, in decimal or hexadecimal, by the same small steps most of the time. */
function isCounter(labels: readonly string[]): boolean {
  if (labels.length < 3 || labels.some((label) => label.length > 8)) return false
  return [10, 16].some((base) => {
    const pattern = base === 10 ? /^\d+$/ : HEX
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
      if (label.length < 16 || label.length % 2 !== 0 || !HEX.test(label)) continue
      for (const octet of Buffer.from(label, 'hex')) {
        octets++
        if ((octet >= 0x20 && octet < 0x7f) || octet === 0x0a || octet === 0x0d || octet === 0x09) printable++
      }
    }
  }
  return octets > 0 && printable >= octets * PRINTABLE_SHARE
}
