import { expect, it } from 'vitest'
import { hexNames, temporaryFolder, writeLog, writeManifest } from '../../datasets/manifest.testing.ts'
import { readManifest } from '../../datasets/manifest.ts'
import { untrainedModel } from '../../datasets/untrained-model.ts'
import { DEFAULT_THRESHOLDS } from '../../training/lines.ts'
import { collectSightings } from './collect-sightings.ts'

const model = untrainedModel(DEFAULT_THRESHOLDS)

it('flags what the manifest names: domains, or names without one', async () => {
  const folder = temporaryFolder()
  const asked = [
    ...hexNames(30, 40, 'evil.example', '10.0.0.5'),
    ...['www', 'mail'].map((host, i) => ({ second: 1900 + i, client: '10.0.0.6', name: `${host}.office.internallan` })),
  ]
  writeLog(folder, 'one.log', asked)
  const [named, direct, benign] = readManifest(
    writeManifest(folder, [
      'one.log,zeek,mixed,iodine,lab,train,one,evil.example',
      'one.log,zeek,mixed,dnscat2,lab,train,one,*',
      'one.log,zeek,benign,office,here,train,one,',
    ]),
  )
  const flagsOf = async (row: typeof named) =>
    (await collectSightings(row, model)).sightings.map(({ domain, attack }) => [domain, attack])
  const plain = [
    ['evil.example', false],
    ['office.internallan', false],
  ]
  expect(await flagsOf(named)).toEqual([['evil.example', true], plain[1]])
  expect(await flagsOf(direct)).toEqual([...plain, ['names nobody registered', true]])
  expect(await flagsOf(benign)).toEqual([...plain, ['names nobody registered', false]])
})
