// Makes assets/public-suffix.bin from Debian's copy of the public suffix list (package `publicsuffix`).
//
//   node scripts/build-public-suffix.mjs [LIST] [OUT] [VERSION]
//
// VERSION is by default what dpkg says of the package: the list itself carries no date. Same list and version in,
// same octets out. The format is described in src/dns/public-suffix.ts, which reads it.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { domainToASCII, fileURLToPath } from 'node:url'

const RULE = 1
const WILDCARD = 2
const EXCEPTION = 4
/** The node's rule is of the list's private section; a node never mixes both. */
const PRIVATE = 8

/** @typedef {{ label: string, flags: number, children: Map<string, TrieNode> }} TrieNode */

/** @param {string} label @returns {TrieNode} */
function createNode(label) {
  return { label, flags: 0, children: new Map() }
}

/** The list as a trie of labels, from the top-level name down. @param {string} list */
function readRules(list) {
  const root = createNode('')
  let rules = 0
  let section = 0
  for (const line of list.split('\n')) {
    if (line.includes('===BEGIN PRIVATE DOMAINS===')) section = PRIVATE
    const rule = line.split(/\s/)[0]
    if (rule === '' || rule.startsWith('//')) continue
    const kind = rule.startsWith('!') ? EXCEPTION : rule.startsWith('*.') ? WILDCARD : RULE
    const name = domainToASCII(rule.slice(kind === EXCEPTION ? 1 : kind === WILDCARD ? 2 : 0))
    if (name === '' || name.includes('*')) throw new Error(`a rule this script does not know how to read: ${rule}`)
    let node = root
    for (const label of name.split('.').reverse()) {
      let child = node.children.get(label)
      if (child === undefined) node.children.set(label, (child = createNode(label)))
      node = child
    }
    if (node.flags !== 0 && (node.flags & PRIVATE) !== section) throw new Error(`${rule} is in both sections`)
    node.flags |= kind | section
    rules++
  }
  return { root, rules }
}

/** @param {string} list @param {string} version */
function composeTrie(list, version) {
  const { root, rules } = readRules(list)
  const order = (/** @type {string} */ a, /** @type {string} */ b) => (a < b ? -1 : a > b ? 1 : 0)
  // Breadth first, so that the children of a node lie side by side and start where those of the node before it end.
  const nodes = [root]
  const firstChild = []
  for (let i = 0; i < nodes.length; i++) {
    firstChild.push(nodes.length)
    nodes.push(...[...nodes[i].children.values()].sort((a, b) => order(a.label, b.label)))
  }
  const labels = [...new Set(nodes.slice(1).map((node) => node.label))].sort(order)
  const labelIndex = new Map(labels.map((label, index) => [label, index]))
  if (nodes.length > 0xffff) throw new Error(`${nodes.length} nodes do not fit 16 bits: the format needs a new version`)

  const head = Buffer.alloc(4 + 1 + 1 + version.length + 6)
  let at = head.write('WPSL', 'latin1')
  at = head.writeUInt8(1, at)
  at = head.writeUInt8(version.length, at)
  at += head.write(version, at, 'latin1')
  at = head.writeUInt16BE(rules, at)
  at = head.writeUInt16BE(nodes.length, at)
  head.writeUInt16BE(labels.length, at)
  const pool = Buffer.concat(labels.map((label) => Buffer.from([label.length, ...Buffer.from(label, 'latin1')])))
  const table = Buffer.alloc(nodes.length * 5)
  nodes.forEach((node, i) => {
    table.writeUInt16BE(i === 0 ? 0 : /** @type {number} */ (labelIndex.get(node.label)), i * 5)
    table.writeUInt16BE(firstChild[i], i * 5 + 2)
    table.writeUInt8(node.flags, i * 5 + 4)
  })
  return Buffer.concat([head, pool, table])
}

const list = process.argv[2] ?? '/usr/share/publicsuffix/public_suffix_list.dat'
const out = process.argv[3] ?? fileURLToPath(new URL('../assets/public-suffix.bin', import.meta.url))
// biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholder
const dpkgQuery = ['-W', '-f', '${Version}', 'publicsuffix']
const version = process.argv[4] ?? execFileSync('dpkg-query', dpkgQuery, { encoding: 'latin1' })
const trie = composeTrie(readFileSync(list, 'utf8'), version)
writeFileSync(out, trie)
console.error(`${out}: ${trie.length} octets, list ${version}`)
