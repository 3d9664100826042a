// Flows (DESIGN.md 3): a million rows of conn.log joined to a million of dns.log, in memory that does not grow with them; and what making
// flows of a capture costs beside a plain scan of it. Ratios of one run, never a timed test.
//
//   npm run build && node bench/flows.mjs                      prints both
//   npm run build && node bench/flows.mjs --rows 100000 --packets 100000 --runs 1

import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { composeCaptures } from './compose-captures.mjs'
import { runTimed, summary } from './cpu-time.mjs'

const text = { type: 'string' }
const { values } = parseArgs({ options: { rows: text, packets: text, runs: text } })
const ROWS = Number(values.rows ?? 1_000_000)
const PACKETS = Number(values.packets ?? 500_000)
const RUNS = Number(values.runs ?? 2)
const CLI = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
const thousands = (value) => Math.round(value).toLocaleString('en-US')
const say = (line) => process.stdout.write(`${line}\n`)

const folder = mkdtempSync(join(tmpdir(), 'wakeful-flows-'))
try {
  for (const rows of [ROWS / 10, ROWS]) joined(rows)
  captured()
} finally {
  rmSync(folder, { recursive: true })
}

/** Logs of this many rows each: every question from a port of its own, flows in the order they end. */
function joined(rows) {
  writeLogs(rows)
  const stats = join(folder, 'stats.json')
  const plain = runTimed(process.execPath, [CLI, 'scan', join(folder, 'zeek', 'dns.log'), '--format', 'ndjson'])
  const timed = runTimed(process.execPath, [CLI, 'scan', join(folder, 'zeek'), '--format', 'ndjson', '--stats', stats])
  if (!plain || !timed) throw new Error('wakeful scan failed on the logs')
  const { flows, peakRssMiB } = JSON.parse(readFileSync(stats, 'utf8'))
  if (flows.rowsJoined + flows.evicted < rows) throw new Error(`joined ${flows.rowsJoined} of ${rows} rows`)
  say(
    `${thousands(rows)} rows of dns.log and of conn.log: ${thousands(flows.rowsJoined)} joined, ${thousands(flows.evicted)} came too late, ` +
      `${timed.cpuSeconds.toFixed(1)} s of CPU (dns.log alone ${plain.cpuSeconds.toFixed(1)} s), ` +
      `${thousands((2 * rows) / timed.cpuSeconds)} rows/s, ${peakRssMiB} MiB at most`,
  )
}

function writeLogs(rows) {
  spawnSync('mkdir', ['-p', join(folder, 'zeek')])
  const head = (path, fields) =>
    `#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\t${path}\n#fields\t${fields.replaceAll(' ', '\t')}\n`
  const dns = openSync(join(folder, 'zeek', 'dns.log'), 'w')
  const conn = openSync(join(folder, 'zeek', 'conn.log'), 'w')
  writeSync(
    dns,
    head(
      'dns',
      'ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto trans_id rtt query qclass qclass_name qtype qtype_name rcode rcode_name AA TC RD RA Z answers TTLs rejected',
    ),
  )
  writeSync(
    conn,
    head(
      'conn',
      'ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto service duration orig_bytes resp_bytes conn_state local_orig local_resp missed_bytes history orig_pkts orig_ip_bytes resp_pkts resp_ip_bytes tunnel_parents',
    ),
  )
  const pieces = [[], []]
  for (let i = 0; i < rows; i++) {
    const [ts, uid] = [(1.7e9 + i / 500).toFixed(6), `C${(i * 2654435761).toString(36)}${i.toString(36)}`]
    const ends = `10.0.${(i >> 8) & 7}.${i & 255}\t${1024 + (i % 60_000)}\t10.1.0.53\t53\tudp`
    pieces[0].push(
      `${ts}\t${uid}\t${ends}\t${i & 0xffff}\t0.02\thost${i % 997}.site${i % 20_011}.example\t1\tC_INTERNET\t1\tA\t0\tNOERROR\tF\tF\tT\tT\t0\t192.0.2.1\t60\tF\n`,
    )
    pieces[1].push(`${ts}\t${uid}\t${ends}\tdns\t0.02\t40\t80\tSF\tT\tT\t0\tDd\t1\t68\t1\t108\t(empty)\n`)
    if (pieces[0].length === 50_000 || i === rows - 1) {
      writeSync(dns, pieces[0].join(''))
      writeSync(conn, pieces[1].join(''))
      pieces[0].length = pieces[1].length = 0
    }
  }
  closeSync(dns)
  closeSync(conn)
}

/** A plain scan of a capture and one that makes its flows, in turn. */
function captured() {
  const { path, packets } = composeCaptures(PACKETS)
  const spent = [[], []]
  for (let run = 0; run < RUNS; run++) {
    for (const [i, options] of [[], ['--flows']].entries()) {
      spent[i].push(runTimed(process.execPath, [CLI, 'scan', path, '--format', 'ndjson', ...options]).cpuSeconds)
    }
  }
  const [plain, flows] = spent.map((seconds) => summary(seconds).least)
  say(
    `${thousands(packets)} packets: ${plain.toFixed(2)} s of CPU, with flows ${flows.toFixed(2)} s, ${((100 * (flows - plain)) / flows).toFixed(0)} % less throughput`,
  )
}
