import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RunningService } from '../browser/running-service.ts'
import { Cli } from '../cli/run-cli.ts'

const DATA = resolve(import.meta.dirname, '../../../shared/data')
const present = existsSync(DATA)
const SPEED = 60
/** A log that lasts for longer is written faster still: no replay takes more than this. */
const SECONDS_MAX = 60

/** Zeek's logs of networks in which nobody is known to have tunnelled; the first is the hour of the original system. */
const LOGS = [
  'seeds/wakeful/dns.06_00_00-07_00_00.log',
  'public/benign/nishan/dns.log.gz',
  ...['dns', 'dns_1', 'dns_2', 'dns_3', 'dns_6'].map((name) => `public/benign/beninwende/${name}.log`),
  'public/benign/sanches/Lab2__dns.log',
  'public/benign/kishpud/dns.log.gz',
  'public/benign/taleibhans/dns.log.gz',
  'public/benign/manhkhoa/dns.log',
  'public/benign/m57/dns.log.gz',
  'public/benign/iotedu/dns.log',
  'public/benign/abdoulfataoh/assets__dns_dataset__good__dns.log.gz',
]

/** A log with its rows in order of time, and how many seconds each stands behind the first. */
function readLog(file: string): { header: string; rows: { before: string; seconds: number; rest: string }[] } {
  const bytes = readFileSync(join(DATA, file))
  const lines = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('latin1').split('\n')
  const header = lines.filter((line) => line.startsWith('#') && !line.startsWith('#close'))
  const rows = lines
    .flatMap((line) => {
      // As columns the time is the first, as JSON it is `ts`; all behind it stays as it is.
      const [, before = '', seconds, rest] = /^(\{"ts":)?(\d+\.\d+)(.*)$/.exec(line) ?? []
      return seconds === undefined ? [] : [{ before, seconds: Number(seconds), rest }]
    })
    .sort((a, b) => a.seconds - b.seconds)
  const first = rows[0].seconds
  return {
    header: header.map((line) => `${line}\n`).join(''),
    rows: rows.map((row) => ({ ...row, seconds: row.seconds - first })),
  }
}

if (!present && process.env.CI !== 'true')
  console.warn(`SKIPPED: ${DATA} is not there, so no benign hour was replayed.`)

describe.skipIf(!present && process.env.CI !== 'true')(
  'benign traffic, replayed as it would come, sixty times as fast',
  () => {
    let cli: Cli
    beforeAll(async () => {
      cli = await Cli.build()
    }, 120_000)
    afterAll(() => cli.remove())

    it.concurrent.each(LOGS)(
      '%s alerts nothing',
      async (file) => {
        const { header, rows } = readLog(file)
        const folder = cli.at(file.replaceAll('/', '_'))
        mkdirSync(folder)
        const log = join(folder, 'dns.log')
        writeFileSync(log, header)
        const service = await RunningService.start(cli.path, [
          '--journal',
          join(folder, 'journal'),
          '--from',
          `zeek:${log}`,
        ])
        try {
          const speed = Math.max(SPEED, rows.at(-1)!.seconds / SECONDS_MAX)
          const startMs = Date.now()
          for (let at = 0; at < rows.length; ) {
            const due = (speed * (Date.now() - startMs)) / 1000
            const from = at
            while (at < rows.length && rows[at].seconds <= due) at++
            const some = rows
              .slice(from, at)
              .map(({ before, seconds, rest }) => `${before}${(startMs / 1000 + seconds / speed).toFixed(6)}${rest}\n`)
            if (some.length > 0) appendFileSync(log, some.join(''), 'latin1')
            await new Promise((done) => setTimeout(done, 50))
          }
          const health = async () =>
            (await service.ask('/api/health')).body as {
              rowsTotal: number
              sources: { rows: number; skipped: number; malformed: Record<string, number> }[]
            }
          await service.until(async () => {
            const { rowsTotal, sources } = await health()
            const { rows: read = 0, skipped = 0, malformed = {} } = sources[0] ?? {}
            const broken = Object.values(malformed).reduce((sum, lines) => sum + lines, 0)
            return read + skipped + broken >= rows.length && rowsTotal === read
          }, 'all of it to be judged')
          const { body } = await service.ask('/api/incidents?search=-is:low')
          expect(body).toEqual({ total: 0, incidents: [] })
        } finally {
          expect(await service.stop()).toBe(0)
        }
      },
      240_000,
    )
  },
)
