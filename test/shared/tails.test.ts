import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { RowView } from '../../src/batch/row-view.ts'
import { openSources } from '../../src/sources/index.ts'
import { findInputs } from '../../src/sources/inputs/find-inputs.ts'
import { parseLivePlace } from '../../src/sources/live/index.ts'
import type { Source } from '../../src/sources/source.ts'

const DATA = resolve(import.meta.dirname, '../../../shared/data')
const present = existsSync(DATA)
const OPTIONS = { ports: [], responseWaitMs: 5000 }

/** The five ways a log is rotated: each leaves `part` in the file at `path`, and what was there where it is read no more. */
const ROTATIONS: readonly ((path: string, part: Buffer) => void)[] = [
  function rename(path, part) {
    renameSync(path, `${path}.1`)
    writeFileSync(path, part)
  },
  function copyTruncate(path, part) {
    copyFileSync(path, `${path}.2`)
    truncateSync(path)
    appendFileSync(path, part)
  },
  function deleteAndCreate(path, part) {
    rmSync(path)
    writeFileSync(path, part)
  },
  function renameAndPack(path, part) {
    renameSync(path, `${path}.3`)
    writeFileSync(`${path}.3.gz`, gzipSync(readFileSync(`${path}.3`)))
    rmSync(`${path}.3`)
    writeFileSync(path, part)
  },
  function renameAndCreateLater(path, part) {
    renameSync(path, `${path}.4`)
    setImmediate(() => writeFileSync(path, part))
  },
]

/** A real log in six parts, cut where lines end; each with the header of the whole, as Zeek writes it into each file. */
function partsOf(file: string): Buffer[] {
  const bytes = readFileSync(join(DATA, file))
  const lines = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('latin1').split(/(?<=\n)/)
  const header = lines.filter((line) => line.startsWith('#') && !line.startsWith('#close'))
  const rows = lines.filter((line) => !line.startsWith('#')).slice(0, 6000)
  const size = Math.ceil(rows.length / 6)
  return [0, 1, 2, 3, 4, 5].map((i) =>
    Buffer.from([...header, ...rows.slice(i * size, (i + 1) * size)].join(''), 'latin1'),
  )
}

/** All that is read, but where in the file it stood. */
async function rowsOf(sources: readonly Source[]): Promise<string[]> {
  const rows: string[] = []
  for (const source of sources) {
    for await (const batch of source.read(new AbortController().signal)) {
      for (let row = 0; row < batch.rows; row++) {
        const { qname, client, qtype, rcode, targets } = new RowView(batch, row)
        rows.push(JSON.stringify([batch.timeMs[row], qname, client, qtype, rcode, targets, batch.marks[row]]))
      }
    }
  }
  return rows
}

if (!present && process.env.CI !== 'true') console.warn(`SKIPPED: ${DATA} is not there, so no real log was followed.`)

describe.skipIf(!present && process.env.CI !== 'true')(
  'a real log, rotated in each of the five ways as it is written',
  () => {
    it.each([
      ['bind', 'lab/log-bind9.log'],
      ['unbound', 'lab/log-unbound.log'],
      ['dnsmasq', 'lab/log-dnsmasq.log'],
      ['dnsdist', 'lab/log-dnsdist.log'],
      ['zeek', 'seeds/wakeful/dns.06_00_00-07_00_00.log'],
      ['zeek', 'public/benign/iotedu/dns.log'],
    ])('%s (%s): the rows of the whole, each once', async (kind, file) => {
      const folder = mkdtempSync(join(tmpdir(), 'wakeful-tails-'))
      const path = join(folder, 'dns.log')
      const whole = join(folder, 'whole.log')
      const [first, ...others] = partsOf(file)
      writeFileSync(whole, Buffer.concat([first, ...others]))
      writeFileSync(path, first)
      const controller = new AbortController()
      let looks = 0
      const pause = async () => {
        // Seen, read to its end, and left: three looks at most.
        if (looks % 4 === 0) ROTATIONS[looks / 4]?.(path, others[looks / 4])
        if (looks++ > 4 * 6) controller.abort()
        await new Promise((resolve) => setImmediate(resolve))
      }
      const place = parseLivePlace(`${kind}:${path}`)
      if (place === undefined || typeof place === 'string') throw new Error(kind)
      const world = { pause, say: () => {}, onTrouble: () => {}, now: Date.now }
      const opened = await place.open(0, OPTIONS, world, controller.signal)
      if (opened === undefined) throw new Error(kind)
      const followed = await rowsOf([opened.source])
      const expected = await openSources(await findInputs([whole]), OPTIONS)
      expect(followed).toEqual(await rowsOf([...expected.timed, ...expected.untimed]))
      expect(followed.length).toBeGreaterThan(100)
      rmSync(folder, { recursive: true })
    })
  },
)
