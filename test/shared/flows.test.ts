import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readManifest } from '../../src/datasets/manifest.ts'
import { observeRow } from '../../src/datasets/observe-row.ts'
import type { DomainState } from '../../src/detect/domain-state.ts'
import { type RowFlow, RowFlows } from '../../src/detect/flows/row-flows.ts'
import { loadDetectionModel } from '../../src/detect/load-detection-model.ts'
import { producerRatio } from '../../src/features/flow/producer-ratio.ts'
import { runHere } from '../cli/run-here.ts'
import { DATA, hasData, MANIFESTS } from './evaluation.ts'

const hour = join(DATA, 'seeds/wakeful')
const lab = (name: string) => readManifest(MANIFESTS[0]).find(({ file }) => file === `${name}.pcap.gz`)!
const model = loadDetectionModel()

async function flowsOf(name: string): Promise<{ flows: RowFlow[]; states: DomainState[] }> {
  const flows: RowFlow[] = []
  const made = new RowFlows((flow) => flows.push({ ...flow }))
  const row = lab(name)
  const { detector } = await observeRow(row, model, { onRows: (rows) => made.addRows(rows) })
  made.finish()
  const states = detector.partitions.flatMap(({ rich }) => [...rich.values()]).filter(({ alert }) => alert)
  return { flows, states }
}

describe.runIf(hasData('flows'))('flows', () => {
  it('of the seed hour: every row is joined that has a partner, empty flows stay, nothing alerts', async () => {
    const text = (file: string) => readFileSync(join(hour, `${file}.06_00_00-07_00_00.log`), 'latin1')
    const rowsOf = (file: string) =>
      text(file)
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'))
    const ids = new Set(rowsOf('conn').map((line) => line.split('\t')[1]))
    const partnered = rowsOf('dns').filter((line) => ids.has(line.split('\t')[1]))
    expect(rowsOf('dns')).toHaveLength(1196)
    expect(/^#fields\t(.*)$/m.exec(text('dns'))![1].split('\t')).toHaveLength(24)
    const stats = join(process.env.TMPDIR ?? '/tmp', `wakeful-hour-${process.pid}.json`)
    const { code, out, err } = await runHere(['scan', hour, '--format', 'ndjson', '--stats', stats])
    const counts = JSON.parse(readFileSync(stats, 'utf8'))
    expect([code, out]).toEqual([0, ''])
    expect(counts.flows).toMatchObject({ rows: 1196, rowsJoined: partnered.length, flows: 2114, flowsEmpty: 121 })
    expect(partnered).toHaveLength(1194)
    expect(err).toContain('1,194 DNS rows of 1,196 joined to 790 flows of 2,114')
  })

  it('of uploads and of downloads lie on their own sides of 0, once the questions that answers repeat are left out', async () => {
    const captures = readManifest(MANIFESTS[0]).filter(({ file }) => /-(up|down)\.cli\.pcap\.gz$/.test(file))
    expect(captures.length).toBeGreaterThan(12)
    for (const { file } of captures) {
      const { flows, states } = await flowsOf(file.replace('.pcap.gz', ''))
      expect(flows.length, file).toBeGreaterThan(0)
      for (const { prefixOctets, answerOctets } of states) {
        expect(Math.sign(producerRatio(prefixOctets, answerOctets)), file).toBe(file.includes('-up.') ? 1 : -1)
      }
    }
  })

  it.each(['det-direct-default.cli', 'dnscat2-default-plain-up.cli'])('count what tshark counts: %s', async (name) => {
    const { flows } = await flowsOf(name)
    const file = join(tmpdir(), `wakeful-flows-${process.pid}-${name}.pcap`)
    writeFileSync(file, gunzipSync(readFileSync(lab(name).path)))
    const fields = ['-T', 'fields', '-e', 'udp.length', '-e', 'ip.len']
    const { stdout } = spawnSync('tshark', ['-r', file, '-Y', 'dns && udp && !icmp', ...fields], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    })
    rmSync(file)
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => line.split('\t').map(Number))
    const sum = (of: (flow: RowFlow) => number) => flows.reduce((total, flow) => total + of(flow), 0)
    expect(sum((flow) => flow.clientPackets + flow.serverPackets)).toBe(lines.length)
    expect(sum((flow) => flow.clientBytes + flow.serverBytes)).toBe(lines.reduce((total, [udp]) => total + udp - 8, 0))
    expect(sum((flow) => flow.clientIpBytes + flow.serverIpBytes)).toBe(lines.reduce((total, [, ip]) => total + ip, 0))
  })
})
