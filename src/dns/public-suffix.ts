import { readFileSync } from 'node:fs'

/** Where a name was cut; offsets are into the array the name lies in. */
export interface SuffixSplit {
  /** Where the registered domain (public suffix and one label) starts; -1 where the name is itself a public suffix. */
  registeredStart: number
  /** Where the public suffix starts; the name's end for the root. */
  suffixStart: number
  /** No rule speaks of the last label (`localhost`, `corp`): the default rule `*` was used. False for the root. */
  unknownTop: boolean
}

/** A {@link SuffixSplit} to be filled again and again. */
export function createSuffixSplit(): SuffixSplit {
  return { registeredStart: -1, suffixStart: -1, unknownTop: false }
}

const RULE = 1
const WILDCARD = 2
const EXCEPTION = 4
const PRIVATE = 8

/** Where each label of the name under way starts, counted from the name's start. A name has 127 labels at most. */
const labelAt = new Uint8Array(256)

/**
 * The public suffix list, private section included, so that each tenant of a cloud is its own registered domain.
 *
 * ```
 * 'WPSL' | format 1 (8) | n (8) | version (n octets) | rules (16) | nodes (16) | labels (16)
 * labels, sorted:                length (8) | octets                    IDN labels as punycode
 * nodes, breadth first, root 0:  label (16) | first child (16) | flags (8): 1 rule, 2 wildcard below, 4 exception,
 *                                8 of the private section
 * ```
 * A trie of labels from the top down; a node's children end where the next node's begin. Loading turns the children
 * into one open-addressed table keyed by (parent, label), so a step costs the octets of one label. Rules match as
 * publicsuffix.org/list says: an exception wins, else the longest rule, else `*`.
 */
export class PublicSuffixes {
  /** Version of Debian's package, which starts with the list's date: `20230209.2326-1`. */
  readonly version: string
  /** Date of the list, `2023-02-09`. */
  readonly date: string
  readonly ruleCount: number
  readonly #labels: Uint8Array
  readonly #labelStart: Uint32Array
  readonly #parent: Uint16Array
  readonly #flags: Uint8Array
  /** Node by hash of (parent, label); 0, the root, where empty. */
  readonly #slots: Uint16Array
  /** Octets of the longest label of the list: a tunnel's are longer, and need not be read to be unknown. */
  readonly #labelOctetsMax: number

  /** With `icannOnly` the private section is left out: tenants of a cloud then share its registered domain. */
  constructor(bytes: Uint8Array, icannOnly = false) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    if (bytes.length < 12 || view.getUint32(0) !== 0x5750534c || bytes[4] !== 1) {
      throw new Error('not a public suffix file of format 1: make it again with scripts/build-public-suffix.mjs')
    }
    let at = 6 + bytes[5]
    this.version = String.fromCharCode(...bytes.subarray(6, at))
    this.date = this.version.replace(/^(\d{4})(\d\d)(\d\d).*/, '$1-$2-$3')
    this.ruleCount = view.getUint16(at)
    const nodes = view.getUint16(at + 2)
    const labels = view.getUint16(at + 4)
    at += 6
    const starts = new Uint32Array(labels)
    let longest = 0
    for (let i = 0; i < labels; i++) {
      starts[i] = at
      longest = Math.max(longest, bytes[at])
      at += 1 + bytes[at]
    }
    // Without its root a trie has no table to look in, and a look-up no end.
    if (nodes === 0 || at + nodes * 5 !== bytes.length)
      throw new Error('the public suffix file is damaged or cut short: make it again')
    this.#labels = bytes
    this.#labelOctetsMax = longest
    this.#parent = new Uint16Array(nodes)
    this.#flags = new Uint8Array(nodes)
    this.#labelStart = new Uint32Array(nodes)
    this.#slots = new Uint16Array(2 ** Math.ceil(Math.log2(nodes * 3)))
    for (let node = 0; node < nodes; node++) {
      const record = at + node * 5
      this.#labelStart[node] = starts[view.getUint16(record)]
      const flags = bytes[record + 4]
      this.#flags[node] = icannOnly && (flags & PRIVATE) !== 0 ? 0 : flags
      const childrenEnd = node + 1 < nodes ? view.getUint16(record + 5 + 2) : nodes
      for (let child = view.getUint16(record + 2); child < childrenEnd; child++) this.#parent[child] = node
      if (node > 0) this.#insert(node)
    }
  }

  #insert(node: number): void {
    const start = this.#labelStart[node]
    const mask = this.#slots.length - 1
    let slot = hashLabel(this.#labels, start, this.#parent[node]) & mask
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
    this.#slots[slot] = node
  }

  /** The child of `parent` whose label is the one at `name[at]` (its length octet), or 0. */
  #child(parent: number, name: Uint8Array, at: number): number {
    if (name[at] > this.#labelOctetsMax) return 0
    const mask = this.#slots.length - 1
    let slot = hashLabel(name, at, parent) & mask
    for (let node = this.#slots[slot]; node !== 0; node = this.#slots[slot]) {
      if (this.#parent[node] === parent && sameLabel(this.#labels, this.#labelStart[node], name, at)) return node
      slot = (slot + 1) & mask
    }
    return 0
  }

  /**
   * Finds where the registered domain of a wire-form name starts; returns it, or -1 where the name is the root, one
   * label, or itself a public suffix. ASCII case is folded; nothing is allocated.
   *
   * @example
   * registeredDomainStart(wire('a.b.example.co.uk'), 0, 18, split) // 4, and split.suffixStart is 12
   */
  registeredDomainStart(name: Uint8Array, start: number, length: number, out: SuffixSplit): number {
    let labels = 0
    for (let at = 0; at < length; at += 1 + name[start + at]) labelAt[labels++] = at
    out.registeredStart = -1
    out.suffixStart = start + length
    out.unknownTop = false
    if (labels === 0) return -1

    let suffixLabels = 1
    let node = 0
    for (let depth = 1; depth <= labels; depth++) {
      const child = this.#child(node, name, start + labelAt[labels - depth])
      const flags = child === 0 ? 0 : this.#flags[child]
      if ((flags & EXCEPTION) !== 0) {
        suffixLabels = depth - 1
        break
      }
      if ((flags & RULE) !== 0 || (this.#flags[node] & WILDCARD) !== 0) suffixLabels = depth
      if (child === 0) {
        out.unknownTop = depth === 1
        break
      }
      node = child
    }
    out.suffixStart = start + labelAt[labels - suffixLabels]
    if (suffixLabels < labels) out.registeredStart = start + labelAt[labels - suffixLabels - 1]
    return out.registeredStart
  }
}

/** FNV-1a over the folded label with its length octet (which folding leaves alone: 63 is below `A`), and the parent. */
function hashLabel(bytes: Uint8Array, at: number, parent: number): number {
  let hash = Math.imul(parent + 1, 0x9e3779b1)
  for (let i = at; i <= at + bytes[at]; i++) hash = Math.imul(hash ^ fold(bytes[i]), 0x01000193)
  return hash ^ (hash >>> 15)
}

/** Whether the label at `b[y]` is, case folded, the lower-case one at `a[x]`; both with their length octet. */
function sameLabel(a: Uint8Array, x: number, b: Uint8Array, y: number): boolean {
  for (let i = 0; i <= a[x]; i++) if (a[x + i] !== fold(b[y + i])) return false
  return true
}

function fold(octet: number): number {
  return octet >= 0x41 && octet <= 0x5a ? octet + 32 : octet
}

let loaded: PublicSuffixes | undefined
let loadedIcann: PublicSuffixes | undefined

/** The list that ships, read once: two levels up from here, both in `src/dns` and in `dist/dns`. */
export function loadPublicSuffixes(): PublicSuffixes {
  loaded ??= new PublicSuffixes(readAsset())
  return loaded
}

/** The same without its private section, as other tools cut names by default. */
export function loadIcannSuffixes(): PublicSuffixes {
  loadedIcann ??= new PublicSuffixes(readAsset(), true)
  return loadedIcann
}

function readAsset(): Uint8Array {
  return readFileSync(new URL('../../assets/public-suffix.bin', import.meta.url))
}
