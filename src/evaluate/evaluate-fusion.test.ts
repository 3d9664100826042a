import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { DomainReading } from '../datasets/domain-readings.ts'
import { hexNames, temporaryFolder, writeLog, writeManifest } from '../datasets/manifest.testing.ts'
import { readManifest } from '../datasets/manifest.ts'
import { untrainedModel } from '../datasets/untrained-model.ts'
import type { SideDetector } from '../detect/side-detector.ts'
import { DEFAULT_THRESHOLDS } from '../training/lines.ts'
import { evaluateFusion } from './evaluate-fusion.ts'
import { fusionSections } from './fusion-sections.ts'
import { renderReport } from './render.ts'

/** Reads nothing but how many names there are, the wrong way round: a detector that misleads. */
const MISLED: SideDetector = {
  name: 'misled',
  read: ({ novelNames }) => ({ ratio: 1 / novelNames, reason: 'few names' }),
}

describe('evaluateFusion', () => {
  const folder = temporaryFolder()
  writeLog(folder, 'one.log', hexNames(60, 40, 'one.example', '10.0.0.5'))
  writeLog(folder, 'two.log', hexNames(60, 40, 'two.example', '10.0.0.5'))
  writeLog(folder, 'quiet.log', [
    ...hexNames(3, 20, 'cdn.example', '10.0.0.6'),
    ...hexNames(2, 20, 'shop.example', '10.0.0.7'),
  ])
  writeFileSync(join(folder, 'names.txt'), 'www.quiet.example\n')
  const rows = readManifest(
    writeManifest(folder, [
      'one.log,zeek,attack,iodine,lab,train,one,one.example;gone.example',
      'two.log,zeek,attack,dnscat2,lab,dev,two,two.example',
      'quiet.log,zeek,benign,home,net,dev,quiet,',
      'names.txt,list,benign,list,list:x,train,names,',
    ]),
  )
  const model = { ...untrainedModel(DEFAULT_THRESHOLDS), sides: [MISLED] }
  const fitted: [number, readonly string[]][] = []
  const trainer = {
    train: async () => model,
    fit: (readings: readonly DomainReading[], sides: readonly string[]) => {
      fitted.push([readings.length, sides])
      return { base: 0, weights: [1, 0, 0, 0], sides: Object.fromEntries(sides.map((name) => [name, 10])) }
    },
  }
  const results = evaluateFusion(rows, trainer)

  it('judges the dev captures, and each tool by what it did not train', async () => {
    expect((await results).map(({ leftOut, attackDomains }) => [leftOut, attackDomains])).toEqual([
      [undefined, 1],
      ['dnscat2', 1],
      // A tunnel's domain that was not even seen counts, at 0.
      ['iodine', 2],
    ])
    // Without iodine nothing is left to fit on, and of the dev row nothing trains.
    expect(fitted.map(([readings]) => readings)).toEqual([1, 1, 1, 1, 0, 0])
    expect(fitted.slice(0, 2).map(([, sides]) => sides)).toEqual([[], ['misled']])
  })

  it('shows what each is worth alone, and fused', async () => {
    const [dev, , iodine] = await results
    expect(dev.alone).toMatchObject({ account: 1, downlink: 0.5, misled: 0 })
    expect(dev.fused).toEqual({ fused: 1, 'fused + misled': 0 })
    // The domain that was not seen lies below all benign ones.
    expect(iodine.alone.account).toBe(0.5)
  })

  it('prints a row a tool', async () => {
    const printed = renderReport(fusionSections(await results), 'table')
    expect(printed).toMatch(/^dev captures +untrained +1 +2 +1\.0000 +0\.5000/m)
  })
})
