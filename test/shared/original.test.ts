import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { evaluateOriginal } from '../../src/cli/evaluate-original.ts'
import {
  dynamicName,
  EAGER_MIN,
  type OriginalExperiment,
  type OriginalRun,
  STABLE,
  saltName,
  staticName,
} from '../../src/evaluate/prequential/original/original-experiment.ts'
import { originalSections, windowMean } from '../../src/evaluate/prequential/original/original-sections.ts'
import { renderReport } from '../../src/evaluate/render.ts'
import { DATA, hasData, pageOfCommand, pathFromHere } from './evaluation.ts'

const STREAM = join(DATA, 'seeds/uottawa-kafka/kafka_stream_2022_prefix.csv')
const INTRO = `The original system's experiment: a static model, and one that is fitted again on each window of a thousand rows where it did
badly, on a stream of the original's features. With texts encoded the same way in both processes there is nothing to adapt to; what
the original reports as adaptation comes back when the texts are numbered by a hash that is salted anew in each process.`

describe.runIf(hasData('the original experiment'))('the original experiment', () => {
  let experiment: OriginalExperiment
  beforeAll(async () => {
    experiment = await evaluateOriginal({ stream: [STREAM], seed: 1 })
  }, 600_000)

  const windowsOf = (order: OriginalRun['order'], name: string) => {
    const { result } = experiment.runs.find((run) => run.order === order)!
    return windowMean(result, name, 'accuracy')
  }

  it('finds nothing to adapt to where texts are encoded the same way everywhere', () => {
    const [{ result }] = experiment.runs
    expect([result.rows, result.windows.length]).toEqual([100_000, 100])
    const still = windowsOf('shuffled', staticName(STABLE))
    expect(Math.abs(windowsOf('shuffled', dynamicName(STABLE)) - still)).toBeLessThan(0.01)
    expect(Math.abs(windowsOf('shuffled', dynamicName(STABLE, EAGER_MIN)) - still)).toBeLessThan(0.01)
    // The ceiling of these features is 0.80 (seeds.md 2): more would be a leak.
    expect(still).toBeGreaterThan(0.785)
    expect(still).toBeLessThan(0.804)
  })

  it('gets the gain back that the original reports by salting the hash of the texts', () => {
    const gains = experiment.testSalts.map(
      (salt) => windowsOf('shuffled', dynamicName(saltName(salt))) - windowsOf('shuffled', staticName(saltName(salt))),
    )
    expect(Math.max(...gains)).toBeGreaterThan(0.1)
  })

  it('is what its page says', async () => {
    const command = `wakeful evaluate --stream ${pathFromHere(STREAM)} --original --format markdown`
    const printed = renderReport(originalSections(experiment), 'markdown')
    const page = pageOfCommand('The original experiment', INTRO, command, 'test/shared/original.test.ts', printed)
    await expect(page).toMatchFileSnapshot('../../docs/evaluation/stream.md')
  })
})
