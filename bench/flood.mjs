// The memory drill (DESIGN.md 9): ten million registered domains nobody asks for twice, a prefix on each, and a tunnel
// started amid them. Prints what it took; exits 1 where memory passed its budget or the tunnel was missed.
//
//   npm run build && node bench/flood.mjs [rows]
//
// The rows are made as they are read, by the same way in that files take, so that sorting and staging count too.
import { DnsBatch, MARK, TRANSPORT, VANTAGE } from '../dist/batch/dns-batch.js'
import { loadDetectionModel } from '../dist/detect/load-detection-model.js'
import { parseName } from '../dist/dns/name.js'
import { loadPublicSuffixes } from '../dist/dns/public-suffix.js'
import { observe } from '../dist/pipeline/run.js'
import { createRandom } from '../dist/stats/random.js'

const ROWS = Number(process.argv[2] ?? 10_000_000)
const STATE_MAX_MIB = 150e6 / 2 ** 20
const PROCESS_MAX_MIB = 256
/** Rows a second of event time, clients they come from, and how often one is the tunnel's. */
const ROWS_A_SECOND = 5_000
const CLIENTS = 5000
const TUNNEL_EVERY = 5000
const TUNNEL_FIRST = Math.floor(ROWS / 2)
const TUNNEL = 'c2.example'
const NAME_ERROR = 3
const [TXT, MX, CNAME] = [16, 15, 5]
const MIB = 1024 * 1024

const random = createRandom(1)
const LETTERS = Buffer.from('abcdefghijklmnopqrstuvwxyz0123456789')
const HEX = Buffer.from('0123456789abcdef')
const tunnel = Buffer.alloc(255)
const tunnelLength = parseName(TUNNEL, tunnel, 0)
const name = Buffer.alloc(255)
const COM = Uint8Array.of(3, 0x63, 0x6f, 0x6d)
const CLIENT = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 10, 0, 0, 0)
const RESOLVER = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 10, 1, 0, 53)
let peak = 0

/** Appends a label of random characters and returns where the next one starts. */
function label(at, length, alphabet) {
  name[at] = length
  for (let i = 1; i <= length; i++) name[at + i] = alphabet[Math.floor(random() * alphabet.length)]
  return at + 1 + length
}

function addFlood(batch, row) {
  let at = label(0, 4 + Math.floor(random() * 13), LETTERS)
  at = label(at, 12, LETTERS)
  name.set(COM, at)
  batch.setName(row, name, 0, at + 4, 3)
  batch.qtype[row] = 1
  batch.rcode[row] = NAME_ERROR
}

/** As dnscat2 asks: everything in hexadecimal, as much as fits, its answers as text of the same kind. */
function addTunnel(batch, row, index) {
  let at = label(0, 60, HEX)
  at = label(at, 38, HEX)
  name.set(tunnel.subarray(0, tunnelLength), at)
  batch.setName(row, name, 0, at + tunnelLength, 4)
  batch.qtype[row] = [TXT, MX, CNAME][index % 3]
  batch.rcode[row] = 0
  batch.answerCount[row] = 1
  batch.answerTextOctets[row] = 64
  batch.answerHashLo[row] = random() * 2 ** 32
  batch.answerHashHi[row] = random() * 2 ** 32
}

async function* flood() {
  const batch = new DnsBatch()
  let tunnelRows = 0
  for (let i = 0; i < ROWS; i++) {
    const row = batch.addRow()
    const fromTunnel = i >= TUNNEL_FIRST && i % TUNNEL_EVERY === 0
    batch.timeMs[row] = 1.7e12 + (i * 1000) / ROWS_A_SECOND
    batch.position[row] = i
    const client = fromTunnel ? 7 : Math.floor(random() * CLIENTS)
    batch.client.set(CLIENT, row * 16)
    batch.client[row * 16 + 14] = client >> 8
    batch.client[row * 16 + 15] = client
    batch.resolver.set(RESOLVER, row * 16)
    batch.resolverPort[row] = 53
    batch.vantage[row] = VANTAGE.clientSide
    batch.transport[row] = TRANSPORT.udp
    batch.qclass[row] = 1
    batch.marks[row] = MARK.query | MARK.response | MARK.hasClient
    if (fromTunnel) addTunnel(batch, row, tunnelRows++)
    else addFlood(batch, row)
    if (batch.full) {
      yield batch
      batch.clear()
      peak = Math.max(peak, process.memoryUsage.rss())
      if (i % (1 << 20) < 4096) report(i)
    }
  }
  if (batch.rows > 0) yield batch
}

function report(rows) {
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage()
  const parts = { rss, heapUsed, arrayBuffers, overModel: rss - base }
  console.error(
    `${rows} rows ${Object.entries(parts)
      .map(([key, octets]) => `${key} ${Math.round(octets / MIB)}`)
      .join(' ')} MiB`,
  )
}

const model = loadDetectionModel()
loadPublicSuffixes()
const base = process.memoryUsage.rss()
const started = process.cpuUsage()
const source = { name: 'flood', timed: true, read: flood }
const detector = await observe([source], model, { timed: true }, new AbortController().signal)
const spent = process.cpuUsage(started)
const seconds = (spent.user + spent.system) / 1e6
peak = Math.max(peak, process.memoryUsage.rss())

const states = detector.partitions.flatMap((partition) => [...partition.rich.values()])
const wire = tunnel.subarray(0, tunnelLength)
const found = states.find((state) => Buffer.compare(state.domain, wire) === 0)
const sum = (read) => detector.partitions.reduce((total, partition) => total + read(partition), 0)
const stateMiB = (peak - base) / MIB
const processMiB = process.resourceUsage().maxRSS / 1024
console.log(
  `rows               ${ROWS} in ${seconds.toFixed(1)} CPU s: ${Math.round(ROWS / seconds)} rows/s, making them included`,
)
console.log(
  `table              ${sum((partition) => partition.table.size)} rows, ${sum((partition) => partition.table.evicted)} displaced`,
)
console.log(
  `rich               ${sum((partition) => partition.rich.size)} domains, ${sum((partition) => partition.rich.demoted)} demoted`,
)
console.log(`RSS, model loaded  ${(base / MIB).toFixed(1)} MiB`)
console.log(`state, at its peak ${stateMiB.toFixed(1)} MiB over that, ${STATE_MAX_MIB.toFixed(1)} allowed`)
console.log(`process, its peak  ${processMiB.toFixed(1)} MiB, ${PROCESS_MAX_MIB} allowed`)
console.log(
  found?.alert
    ? `tunnel             alert at its query ${found.alert.queries}, ${found.alert.prefixOctets} prefix octets`
    : 'tunnel             MISSED',
)
const others = states.filter((state) => state.alert && state !== found).length
console.log(`other alerts       ${others} domains, ${detector.clients.alerts().length} clients`)
process.exitCode = found?.alert && stateMiB <= STATE_MAX_MIB && processMiB <= PROCESS_MAX_MIB ? 0 : 1
