// The three tables of the parity run: each `{ name, columns, rows, y, test }`, where `test[i]` is 1 for held-out rows.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatAddress } from '../../dist/batch/address.js'
import { MARK } from '../../dist/batch/dns-batch.js'
import { formatName, parseName } from '../../dist/dns/name.js'
import { PrefixText } from '../../dist/dns/prefix-text.js'
import { createSuffixSplit, loadPublicSuffixes } from '../../dist/dns/public-suffix.js'
import { queryFamilies } from '../../dist/features/query/index.js'
import { FILE_WATERMARK_MS, inOrder } from '../../dist/pipeline/in-order.js'
import { RESPONSE_WAIT_MS } from '../../dist/pipeline/scan.js'
import { openSources } from '../../dist/sources/index.js'
import { findInputs } from '../../dist/sources/inputs/find-inputs.js'
import { createRandom } from '../../dist/stats/random.js'

const HELD_SHARE = 0.3
const suffixes = loadPublicSuffixes()
const split = createSuffixSplit()

const csv = (path) => {
  const [head, ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/)
  return { head: head.split(','), lines: lines.map((line) => line.split(',')) }
}

/** Three rows of ten, drawn. */
function heldRows(count) {
  const random = createRandom(1)
  return Uint8Array.from({ length: count }, () => (random() < HELD_SHARE ? 1 : 0))
}

/** The students' stream: their features as they made them, all numeric ones but the time. */
export function legacyStream(data) {
  const { head, lines } = csv(join(data, 'seeds/uottawa-kafka/kafka_stream_2022_prefix.csv'))
  const left = new Set(['timestamp', 'longest_word', 'sld', 'Target_Attack'])
  const columns = head.filter((name) => !left.has(name))
  const rows = lines.map((line) => columns.map((name) => Number(line[head.indexOf(name)])))
  const y = lines.map((line) => Number(line[head.indexOf('Target_Attack')]))
  return { name: 'legacy stream', columns, rows, y, test: heldRows(rows.length) }
}

/** Real names of two tools among hosts: what the query families say of the prefix, lower-cased. */
export function lexicalNames(data) {
  const { lines } = csv(join(data, 'seeds/alansary-2022/aggregated_labelled.csv'))
  const families = queryFamilies.filter((family) => ['lengths', 'alphabet'].includes(family.name))
  const columns = families.flatMap((family) => family.features.map((feature) => feature.name))
  const wire = new Uint8Array(255)
  const prefix = new PrefixText()
  const rows = []
  const y = []
  let unreadable = 0
  for (const [domain, label] of lines) {
    const length = parseName(domain.toLowerCase(), wire, 0)
    if (length < 0) {
      unreadable++
      continue
    }
    const registered = suffixes.registeredDomainStart(wire, 0, length, split)
    prefix.read(wire, 0, registered < 0 ? length : registered)
    const row = new Float64Array(columns.length)
    let at = 0
    for (const family of families) {
      family.extract({ prefix }, row, at)
      at += family.features.length
    }
    rows.push([...row])
    y.push(Number(label))
  }
  return { name: 'lexical names', columns, rows, y, test: heldRows(rows.length), unreadable }
}

const WINDOW_COLUMNS = ['queries', 'uniqueRatio', 'nameOctetsMean', 'nameOctetsMax', 'prefixOctetsMean', 'labelsMean']
const ANSWER_COLUMNS = ['answerOctetsMean', 'responseOctetsMean', 'addressRatio', 'errorRatio', 'typesSeen']

/** Minutes of one client and one registered domain in the lab's captures; whole recordings are held out. */
export async function labWindows(data) {
  const { head, lines } = csv(join(data, 'lab/MANIFEST.csv'))
  const captures = lines
    .map((line) => Object.fromEntries(head.map((name, i) => [name, line[i]])))
    .filter((row) => row.format === 'pcap')
  const groups = new Map()
  for (const { group, label } of captures) groups.set(group, label)
  const order = [...groups.keys()].sort()
  // Every third recording of each kind, so that neither side lacks a kind.
  const held = new Set(
    order.filter((group) => order.filter((other) => groups.get(other) === groups.get(group)).indexOf(group) % 3 === 1),
  )
  const rows = []
  const y = []
  const test = []
  for (const capture of captures) {
    const attack = new Set(capture.domains.split(/[ ;]/).filter(Boolean))
    for (const { domain, row } of await windowsOf(join(data, 'lab', capture.file))) {
      rows.push(row)
      y.push(attack.has(domain) ? 1 : 0)
      test.push(held.has(capture.group) ? 1 : 0)
    }
  }
  const columns = [...WINDOW_COLUMNS, ...ANSWER_COLUMNS]
  return { name: 'lab windows', columns, rows, y, test: Uint8Array.from(test) }
}

async function windowsOf(path) {
  const found = await findInputs([path])
  const { timed } = await openSources(found, { ports: [], responseWaitMs: RESPONSE_WAIT_MS })
  const windows = new Map()
  for await (const batch of inOrder(timed, FILE_WATERMARK_MS, new AbortController().signal)) {
    for (let i = 0; i < batch.rows; i++) {
      const start = batch.nameStart[i]
      const length = batch.nameLength[i]
      const registered = suffixes.registeredDomainStart(batch.arena, start, length, split)
      if (registered < 0 || (batch.marks[i] & MARK.query) === 0) continue
      const domain = formatName(batch.arena, registered, start + length - registered).toLowerCase()
      const minute = Math.floor(batch.timeMs[i] / 60_000)
      const key = `${formatAddress(batch.client, 16 * i)} ${domain} ${minute}`
      if (!windows.has(key)) windows.set(key, emptyWindow(domain))
      addQuery(windows.get(key), batch, i, registered - start)
    }
  }
  return [...windows.values()].map((window) => ({ domain: window.domain, row: windowRow(window) }))
}

function emptyWindow(domain) {
  return {
    ...{ domain, queries: 0, names: new Set(), octets: 0, octetsMax: 0, prefixOctets: 0, labels: 0 },
    ...{ answerOctets: 0, responseOctets: 0, addresses: 0, errors: 0, types: new Set() },
  }
}

function addQuery(window, batch, i, prefixOctets) {
  const length = batch.nameLength[i]
  window.queries++
  window.names.add(formatName(batch.arena, batch.nameStart[i], length).toLowerCase())
  window.octets += length
  window.octetsMax = Math.max(window.octetsMax, length)
  window.prefixOctets += prefixOctets
  window.labels += batch.labelCount[i]
  window.answerOctets += batch.answerTextOctets[i] + batch.answerTargetOctets[i] + batch.answerRawOctets[i]
  window.responseOctets += batch.responseSizeBytes[i]
  if (batch.answerAddressOctets[i] > 0) window.addresses++
  if (batch.rcode[i] > 0) window.errors++
  window.types.add(batch.qtype[i])
}

function windowRow(window) {
  const { queries } = window
  return [
    ...[queries, window.names.size / queries, window.octets / queries, window.octetsMax],
    ...[window.prefixOctets / queries, window.labels / queries, window.answerOctets / queries],
    ...[window.responseOctets / queries, window.addresses / queries, window.errors / queries, window.types.size],
  ]
}
