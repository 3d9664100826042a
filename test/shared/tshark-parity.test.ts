import { execFile, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { CaptureSource } from '../../src/sources/capture/capture-source.ts'
import { openInput } from '../../src/sources/inputs/open-input.ts'
import type { InputCounts } from '../../src/sources/source.ts'

const DATA = resolve(import.meta.dirname, '../../../shared/data')

/** Messages tshark prints and we do not count, each with the reason why not. The numbers must add up otherwise. */
const EXPLAINED: { reason: string; messages: number; applies(protocols: string): boolean }[] = [
  {
    reason: 'an ICMP error quotes the start of a packet that was counted when it was sent: no message of its own',
    messages: 0,
    applies: (protocols) => /:icmp(v6)?:/.test(protocols),
  },
]

interface Counted {
  packets: number
  queries: number
  responses: number
}

/** Files named by the manifests with format pcap. Names hold no commas; the columns behind them may. */
function captures(): string[] {
  return ['lab', 'public'].flatMap((folder) =>
    readFileSync(join(DATA, folder, 'MANIFEST.csv'), 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
      .filter(([, format]) => format === 'pcap')
      .map(([file]) => join(folder, file)),
  )
}

async function askTshark(file: string): Promise<Counted> {
  // Without a display filter, so that one run counts the packets as well.
  const fields = ['frame.number', 'frame.protocols', 'dns.flags.response'].flatMap((field) => ['-e', field])
  const { stdout } = await promisify(execFile)('tshark', ['-n', '-r', join(DATA, file), '-T', 'fields', ...fields], {
    maxBuffer: 1 << 28,
  })
  const counted = { packets: 0, queries: 0, responses: 0 }
  for (const line of stdout.split('\n')) {
    if (line === '') continue
    counted.packets++
    const [, protocols, bits] = line.split('\t')
    if (bits === '') continue
    const explained = EXPLAINED.find((entry) => entry.applies(protocols))
    for (const bit of bits.split(',')) {
      if (explained) explained.messages++
      else if (bit === '1') counted.responses++
      else counted.queries++
    }
  }
  return counted
}

async function askOurselves(file: string): Promise<InputCounts> {
  const input = openInput({ index: 0, label: file, path: join(DATA, file), once: false })
  const counts = { source: file, packets: 0, messages: 0, queries: 0, responses: 0, rows: 0, malformed: {}, skipped: 0 }
  const source = new CaptureSource([{ file: input, counts }], { ports: [], responseWaitMs: 5000 })
  let rows = 0
  for await (const batch of source.read(new AbortController().signal)) rows += batch.rows
  expect(rows).toBe(counts.rows)
  return counts
}

const missing = [
  ...(existsSync(DATA) ? [] : [`the captures in ${DATA}`]),
  ...(spawnSync('tshark', ['--version']).status === 0 ? [] : ['tshark']),
]

describe('counts equal tshark, capture by capture', () => {
  if (missing.length > 0) {
    const sentence = `compared nothing: ${missing.join(' and ')} missing`
    console.warn(`tshark parity: ${sentence}`)
    it(sentence, ({ skip }) => {
      expect(process.env.CI, sentence).not.toBe('true')
      skip()
    })
    return
  }
  const files = captures()

  it('the manifests name captures', () => expect(files.length).toBeGreaterThan(100))

  it.each(files)('%s', async (file) => {
    const [theirs, ours] = await Promise.all([askTshark(file), askOurselves(file)])
    const { packets, queries, responses } = ours
    expect({ packets, queries, responses }).toEqual({
      packets: theirs.packets,
      queries: theirs.queries,
      responses: theirs.responses,
    })
    expect(ours.failure).toBeUndefined()
  })

  it.each(EXPLAINED)('still seen: $reason', ({ messages }) => expect(messages).toBeGreaterThan(0))
})
