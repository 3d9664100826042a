import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import {
  type DetectionFile,
  loadDetectionModel,
  MODEL_FILES,
  SIDE_FILES,
  shippedModelFolder,
} from './load-detection-model.ts'

const folders: string[] = []

/** A copy of the shipped models, changed. */
function copy(change: (folder: string) => void): string {
  const folder = mkdtempSync(join(tmpdir(), 'wakeful-models-'))
  folders.push(folder)
  cpSync(shippedModelFolder(), folder, { recursive: true })
  change(folder)
  return folder
}

/** A copy whose detection.json holds something else. */
function detection(change: (file: DetectionFile) => unknown): string {
  return copy((folder) => {
    const path = join(folder, MODEL_FILES.detection)
    const file = JSON.parse(readFileSync(path, 'utf8')) as DetectionFile
    const changed = change(file)
    writeFileSync(path, JSON.stringify(changed === undefined ? file : changed))
  })
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

describe('loadDetectionModel', () => {
  it('loads what ships: arms that tell a tunnel’s row from a host’s are functions of their own features', () => {
    const model = loadDetectionModel()
    expect(model.version).not.toBe('')
    expect(Object.keys(model.arms)).toEqual(['names', 'answers'])
    const sums = new Float64Array(5)
    model.language.sumBits(Buffer.from('www'), 3, sums)
    expect(sums[4]).toBeGreaterThan(0)
    expect(model.fusion.weights.every((weight) => weight >= 0)).toBe(true)
  })

  it('loads a copy as it loads the original', () => {
    const [one, other] = [loadDetectionModel(), loadDetectionModel(copy(() => {}))]
    expect([other.version, other.thresholds, other.fusion, other.typical]).toEqual([
      ...[one.version, one.thresholds, one.fusion, one.typical],
    ])
  })

  const spoilt = (change: (thresholds: Record<string, unknown>) => void) => (file: DetectionFile) => {
    change(file.thresholds as unknown as Record<string, unknown>)
  }
  it.each<[string, (file: DetectionFile) => unknown]>([
    ['nothing', () => null],
    ['a list', () => []],
    ['a later version', (file) => ({ ...file, formatVersion: 2 })],
    ['no thresholds', (file) => ({ ...file, thresholds: undefined })],
    ['three scales', spoilt((lines) => (lines.accountOctets = [1, 2, 3]))],
    ['a line too few', spoilt((lines) => delete lines.inventedOctets)],
    ['a line of text', spoilt((lines) => (lines.downlinkOctets = '1024'))],
    ['a line of nothing, which all would pass', spoilt((lines) => (lines.rotationOctets = 0))],
    ['no limit of an arm', spoilt((lines) => (lines.sequential = { names: 20 }))],
    ['no limits of the arms', spoilt((lines) => delete lines.sequential)],
    ['a weight below zero', (file) => ({ ...file, fusion: { base: 0, weights: [1, 1, 1, -1] } })],
    ['a side weight below zero', (file) => ({ ...file, fusion: { ...file.fusion, sides: { packets: -1 } } })],
    ['no fusion', (file) => ({ ...file, fusion: null })],
    ['no typical values', (file) => ({ ...file, typical: null })],
  ])('refuses a detection file that holds %s, in one sentence', (_, change) => {
    expect(() => loadDetectionModel(detection(change))).toThrow(
      expect.objectContaining({
        name: 'ModelFileError',
        message: expect.stringMatching(/^[^\n]+detection\.json is not a detection file of version 1\.$/),
      }),
    )
  })

  it('refuses a net over octets that is none', () => {
    const folder = copy((into) => cpSync(join(into, MODEL_FILES.names), join(into, SIDE_FILES.packets)))
    expect(() => loadDetectionModel(folder)).toThrow('reads no packets')
  })

  it.each(Object.values(MODEL_FILES))('says what to do where %s is missing or damaged', (name) => {
    const sentence = expect.objectContaining({ name: 'ModelFileError', message: expect.stringMatching(/^[^\n]+\.$/) })
    expect(() => loadDetectionModel(copy((folder) => rmSync(join(folder, name))))).toThrow(sentence)
    expect(() => loadDetectionModel(copy((folder) => writeFileSync(join(folder, name), '{"cut')))).toThrow(sentence)
  })
})
