import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { DetectionFile } from '../../src/detect/load-detection-model.ts'
import { runHere } from '../cli/run-here.ts'

const folder = mkdtempSync(join(tmpdir(), 'wakeful-packet-net-'))
const at = (name: string) => join(folder, name)
const objectsOf = (out: string) =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

const train = ['train', '--manifest', at('traffic/MANIFEST.csv'), at('benign/MANIFEST.csv')]

describe('a net over octets beside the detectors', () => {
  beforeAll(async () => {
    const tunnels = ['--style', 'det,iodine', '--benign', 'none', '-o', at('traffic')]
    expect(await runHere(['lab', 'generate', '--minutes', '6', ...tunnels])).toMatchObject({ code: 0 })
    expect(await runHere(['lab', 'generate', '--minutes', '6', '-o', at('benign')])).toMatchObject({ code: 0 })
    expect(await runHere([...train, '--packets', 'dense', '-o', at('with')])).toMatchObject({ code: 0 })
    expect(await runHere([...train, '-o', at('without')])).toMatchObject({ code: 0 })
    return () => rmSync(folder, { recursive: true, force: true })
  }, 300_000)

  const file = (models: string) => JSON.parse(readFileSync(at(`${models}/detection.json`), 'utf8')) as DetectionFile
  const scan = async (models: string) => {
    const { out } = await runHere(['scan', at('traffic/traffic.pcap'), '--model', at(models), '--format', 'ndjson'])
    return objectsOf(out)
  }

  it('has a weight of the fused score, and makes another version', () => {
    expect(file('with').fusion.sides!.packets).toBeGreaterThanOrEqual(0)
    expect(file('without').fusion.sides).toBeUndefined()
    expect(file('with').version).not.toBe(file('without').version)
  })

  it('is cited by every alert of a domain, and raises none', async () => {
    const [plain, beside] = [await scan('without'), await scan('with')]
    const moments = (found: Record<string, unknown>[]) => found.map(({ id, alertedAt }) => [id, alertedAt]).sort()
    expect(plain.length).toBeGreaterThan(0)
    expect(moments(beside)).toEqual(moments(plain))
    for (const incident of beside.filter(({ scope }) => scope === 'domain')) {
      const said = incident.detectors.find(({ name }: { name: string }) => name === 'packets')
      expect(said).toMatchObject({ fired: false, reason: expect.stringMatching(/^octets of the first \d+ new names/) })
      const signal = incident.evidence.signals.find(({ name }: { name: string }) => name === 'packets')
      expect(signal.value).toBe(said.score)
    }
  })

  it('goes when models are trained without it into the same folder', async () => {
    expect(await runHere([...train, '-o', at('with')])).toMatchObject({ code: 0 })
    expect(file('with')).toEqual(file('without'))
  }, 120_000)
})

it('says that a mixed file alone trains nothing, in one sentence', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wakeful-mixed-'))
  await runHere(['lab', 'generate', '--style', 'det', '--minutes', '2', '-o', folder])
  const { code, err } = await runHere([
    'train',
    '--manifest',
    join(folder, 'MANIFEST.csv'),
    '-o',
    join(folder, 'models'),
  ])
  rmSync(folder, { recursive: true })
  expect(code).toBe(65)
  expect(err.trimEnd().split('\n').at(-1)).toMatch(/^wakeful: Of \d+ new exchanges .* name more files/)
})
