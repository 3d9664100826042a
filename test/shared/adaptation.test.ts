import { beforeAll, describe, expect, it } from 'vitest'
import { loadDetectionModel } from '../../src/detect/load-detection-model.ts'
import {
  type Adaptation,
  adaptationSections,
  mean,
  meanAccuracy,
  runAdaptation,
  type ScenarioResult,
} from '../../src/evaluate/adaptation/adaptation-report.ts'
import { pairedDifference } from '../../src/evaluate/adaptation/paired-bootstrap.ts'
import { ARMS } from '../../src/evaluate/adaptation/run-ordering.ts'
import { TEST_SEEDS } from '../../src/evaluate/adaptation/scenarios.ts'
import { renderReport } from '../../src/evaluate/render.ts'
import * as lab from '../../src/lab/evasion/index.ts'
import { allRows, hasData, MANIFESTS, pageOfCommand, pathFromHere } from './evaluation.ts'

const INTRO = `What adapting is worth when traffic changes: the shipped product with a learner beside it, against the same learner
frozen, batch boosting frozen, the same with its line redrawn each day, and the product as it ships. Labels come an hour late
and of one row in a hundred. Twenty orderings of each scenario; intervals by a paired block bootstrap.

**Read this first.** The product as it ships already finds what is new: it counts information, and an attacker who changes tool
or spelling still has to send it. So adapting adds next to nothing to it (the goal of 15 points over the best arm that stands
still is not reached, nor is that of 20 points of recall in the first hour), and costs it a few tenths of a point. What adapts is
the learned part: beside itself frozen it gains where tools or spellings change, and loses where new benign services come.`

const [ADAPTING, , FROZEN, , , PRODUCT] = ARMS.keys()
const DRIFT = ['D1', 'D2', 'D4', 'D5']

describe.runIf(hasData('adapting'))('adapting', () => {
  let adaptation: Adaptation
  beforeAll(async () => {
    const settings = { orderings: TEST_SEEDS.length, development: false, say: () => {} }
    adaptation = await runAdaptation(allRows(), loadDetectionModel(), lab, settings)
  }, 1_200_000)

  const of = (name: string): ScenarioResult => adaptation.results.find((result) => result.name === name)!
  const blocks = (...names: string[]) => names.flatMap((name) => of(name).orderings.map((one) => one.blocks))

  it('beats the same learner frozen where traffic drifts, beyond chance', () => {
    expect(pairedDifference(blocks(...DRIFT), ADAPTING, FROZEN, 1).lower).toBeGreaterThan(0)
    for (const name of DRIFT) expect(pairedDifference(blocks(name), ADAPTING, FROZEN, 1).lower, name).toBeGreaterThan(0)
  })

  it('costs at most half a point where nothing changes, and raises at most one drift alarm in 100,000 rows', () => {
    expect(meanAccuracy(of('D0'), ADAPTING)).toBeGreaterThan(meanAccuracy(of('D0'), PRODUCT) - 0.005)
    expect(meanAccuracy(of('D0'), ADAPTING)).toBeGreaterThan(meanAccuracy(of('D0'), FROZEN) - 0.005)
    const alarms = of('D0').orderings.reduce((sum, one) => sum + one.driftAlarms, 0)
    const rows = of('D0').orderings.reduce((sum, one) => sum + one.rowsAfter, 0)
    expect((1e5 * alarms) / rows).toBeLessThanOrEqual(1)
  })

  it('is never more than a point below the best arm that stands still', () => {
    for (const result of adaptation.results) {
      const best = Math.max(...[2, 3, 4, 5].map((arm) => meanAccuracy(result, arm)))
      expect(meanAccuracy(result, ADAPTING), result.name).toBeGreaterThan(best - 0.01)
    }
  })

  it('knows old tools again', () => {
    const recall = (arm: number) => mean(of('D6').orderings.map(({ oldRecall }) => oldRecall[arm]))
    expect(recall(ADAPTING)).toBeGreaterThan(recall(PRODUCT) - 0.01)
  })

  it('S2: loses at most five points to a flood of benign-looking rows and flipped verdicts', () => {
    expect(meanAccuracy(of('D1 poisoned'), ADAPTING)).toBeGreaterThan(meanAccuracy(of('D1'), ADAPTING) - 0.05)
  })

  it('is what its page says', async () => {
    const printed = renderReport(adaptationSections(adaptation), 'markdown')
    const command = `wakeful evaluate --drift --format markdown --manifest ${MANIFESTS.map(pathFromHere).join(' ')}`
    const page = pageOfCommand('Adapting', INTRO, command, 'test/shared/adaptation.test.ts', printed)
    await expect(page).toMatchFileSnapshot('../../docs/evaluation/adaptation.md')
  })
})
