// The bench (DESIGN.md 9): ratios measured in one run, never a timed test.
//
//   npm run bench                        prints the page
//   npm run bench -- --write             and writes it to docs/evaluation/bench.md
//   npm run bench -- --packets 200000    smaller and less steady
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { composeCaptures } from './compose-captures.mjs'
import { composeLog } from './compose-log.mjs'
import { runTimed, summary, threadSeconds } from './cpu-time.mjs'
import { FASTER, stageSeconds } from './stages.mjs'

const text = { type: 'string' }
const { values } = parseArgs({
  options: { packets: text, runs: text, lines: text, keys: text, write: { type: 'boolean' } },
})
const PACKETS = Number(values.packets ?? 1_000_000)
const RUNS = Number(values.runs ?? 3)
const LINES = Number(values.lines ?? 1_000_000)
const KEYS = Number(values.keys ?? 1_000_000)

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const CLI = here('../dist/cli/main.js')
const say = (line) => process.stderr.write(`${line}\n`)
const thousands = (value) => Math.round(value).toLocaleString('en-US')
const percent = (share) => `${Math.round(share * 100)} %`
const us = (seconds, count) => ((seconds * 1e6) / count).toFixed(2)
const times = (ratio) => `${ratio.toFixed(1)}x`
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

/** Runs commands in turn, so that what else the machine does meets all of them; seconds of each, undefined if it fails. */
function inTurn(commands, runs) {
  const spent = commands.map(() => [])
  for (let run = 0; run < runs; run++) {
    for (const [i, [command, ...args]] of commands.entries()) {
      const timed = runTimed(command, args)
      if (timed) spent[i].push(timed)
    }
  }
  return spent.map((all) => (all.length === runs ? all : undefined))
}

function captures() {
  say('capture: composing')
  const capture = composeCaptures(PACKETS)
  say('capture: wakeful and tshark in turn')
  const [ours, theirs] = inTurn(
    [
      [process.execPath, CLI, 'scan', capture.path, '--format', 'ndjson'],
      ['tshark', '-r', capture.path, '-T', 'fields', '-e', 'dns.qry.name'],
    ],
    RUNS,
  )
  if (!ours) throw new Error('wakeful scan failed on the composed capture')
  const wakeful = summary(ours.map((run) => run.cpuSeconds))
  const tshark = theirs && summary(theirs.map((run) => run.cpuSeconds))
  const row = (name, { least, spread }) => [
    name,
    least.toFixed(2),
    us(least, capture.packets),
    thousands(capture.packets / least),
    percent(spread),
    tshark ? times(tshark.least / least) : '',
  ]
  const rows = [row('`wakeful scan --format ndjson`', wakeful)]
  if (tshark) rows.push(row('`tshark -T fields -e dns.qry.name`', tshark))
  const budget = tshark ? `Budget: 6x; measured ${times(tshark.least / wakeful.least)}.` : 'There is no tshark here.'
  say('capture: threads')
  const threads = threadSeconds(CLI, ['scan', capture.path, '--format', 'ndjson'])
  say('capture: stages')
  const stages = stageSeconds(CLI, capture.path, wakeful.least)
  const whole = stages.reduce((sum, { seconds }) => sum + seconds, 0)
  const slowest = stages
    .filter(({ name }) => FASTER[name] !== undefined)
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, 3)
  return `## Captures

The lab's recordings, both sides (${thousands(capture.recorded)} packets), one behind the other, ${capture.copies} times
with other addresses, zones and letters, so that names are novel again in each: ${thousands(capture.packets)} packets, ${thousands(capture.octets / 1e6)} MB. CPU time of the
whole process, all threads, start included; the least of ${RUNS} run${RUNS === 1 ? '' : 's'} in turn.

${table(['command', 'CPU s', 'us a packet', 'packets/s of CPU', 'spread', 'times tshark'], rows)}

${budget}${threads ? ` ${threadsSentence(threads)}` : ''}

### By stage

Up to \`canonical\` by running the pipeline that far, behind it by a profile; \`start\` is the rest of the process.

${table(
  ['stage', 'CPU s', 'share', 'ns a packet'],
  stages.map(({ name, seconds }) => [
    name,
    seconds.toFixed(2),
    percent(seconds / whole),
    Math.round((seconds * 1e9) / capture.packets),
  ]),
)}

The slowest, and what would speed them up:

${slowest.map(({ name }, i) => `${i + 1}. **${name}**: ${FASTER[name]}.`).join('\n')}`
}

/** What of the CPU time is not the program's own, but V8's that compiles it and collects what it leaves. */
function threadsSentence({ main, others }) {
  return `Of wakeful's time ${percent(others / (main + others))} went to threads beside the main one: V8 compiles and collects there.`
}

function logs() {
  say('log: composing')
  const path = composeLog(LINES)
  say('log: readers in turn')
  const readers = {
    cells: 'lines and cells',
    source: 'the whole source: rows',
    split: "`split('\\n')`, `split('\\t')`",
  }
  const seconds = Object.fromEntries(Object.keys(readers).map((name) => [name, []]))
  // Short ones, which another's work disturbs more.
  for (let run = 0; run < 3 * RUNS; run++) {
    for (const name of Object.keys(readers)) {
      const { stdout } = spawnSync(process.execPath, [here('log-readers.mjs'), name, path], { encoding: 'utf8' })
      seconds[name].push(JSON.parse(stdout).seconds)
    }
  }
  const split = summary(seconds.split).least
  return `## Zeek TSV

A generated log of ${thousands(LINES)} lines, each reader in a process of its own, CPU time of reading alone; the least of ${3 * RUNS} runs
in turn.

${table(
  ['reader', 'CPU s', 'ns a line', 'spread', 'times split'],
  Object.entries(readers).map(([name, words]) => {
    const { least, spread } = summary(seconds[name])
    return [words, least.toFixed(2), Math.round((least * 1e9) / LINES), percent(spread), times(split / least)]
  }),
)}

Budget: 3x. Lines and cells are what split does too; the whole source also parses numbers, addresses, names and answers.`
}

function state() {
  say('state: flood')
  const { stdout } = spawnSync(process.execPath, [here('flood.mjs'), String(KEYS)], { encoding: 'utf8' })
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => [line.slice(0, 19).trim(), line.slice(19).trim()])
  return `## State

\`node bench/flood.mjs ${KEYS}\`: so many (client, domain) keys nobody asks for twice, and a tunnel amid
them. The table of rows is capped: keys past the cap displace others, they are not held beside them.

${table(['what', 'found'], rows)}`
}

function firstResult() {
  say('first result')
  const args = [CLI, 'scan', here('../samples'), '--format', 'ndjson']
  const runs = Array.from({ length: 5 }, () => runTimed(process.execPath, args))
  const cpu = summary(runs.map((run) => run.cpuSeconds)).least
  const wall = summary(runs.map((run) => run.wallSeconds)).least
  return `## First result

\`wakeful scan samples\`, whole process: ${wall.toFixed(2)} s on the clock, ${cpu.toFixed(2)} s of CPU (least of 5). Budget: 1.5 s.`
}

function machine() {
  const [{ model }, ...others] = cpus()
  const version = spawnSync('tshark', ['--version'], { encoding: 'utf8' }).stdout
  const tshark = version ? `tshark ${/[\d.]+/.exec(version)[0]}` : 'no tshark'
  const memory = Math.round(totalmem() / 1024 ** 3)
  return `${model}, ${others.length + 1} CPUs, ${memory} GiB; ${process.platform}; Node ${process.version.slice(1)}; ${tshark}`
}

const page = `# Bench

Made by \`npm run bench -- --write\`. Ratios are measured in one run and hold from machine to machine; times do not.

Machine: ${machine()}.

${captures()}

${logs()}

${state()}

${firstResult()}
`
process.stdout.write(page)
if (values.write) writeFileSync(here('../docs/evaluation/bench.md'), page)
