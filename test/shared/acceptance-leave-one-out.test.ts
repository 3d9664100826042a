import { beforeAll, describe, expect, it } from 'vitest'
import { trainWithout } from '../../src/cli/evaluate-detection.ts'
import { loadDetectionModel } from '../../src/detect/load-detection-model.ts'
import { type LeftOut, leaveOutTools } from '../../src/evaluate/leave-out.ts'
import { leaveOutSections } from '../../src/evaluate/leave-out-sections.ts'
import { renderReport } from '../../src/evaluate/render.ts'
import { allRows, hasData, MANIFESTS, pageOf } from './evaluation.ts'

const TOOLS = ['DET', 'dns2tcp', 'dnscat2', 'hex exfil', 'iodine']

describe.runIf(hasData('leave one tool out'))('a tool that trained nothing', () => {
  const model = loadDetectionModel()
  let results: LeftOut[]

  // Trains four models: the longest of the checks, so it has a file of its own, which runs beside the others.
  beforeAll(async () => {
    results = await leaveOutTools(allRows(), model, trainWithout(MANIFESTS))
  }, 600_000)

  it('is each of those there are', () => {
    expect(results.map((result) => result.tool)).toEqual(TOOLS)
    expect(results.filter((result) => result.trained === 0).map((result) => result.tool)).toEqual(['hex exfil'])
    // A version is the hash of the rows that trained: one for each tool left out, and the shipped one for the fifth.
    expect(new Set(results.map((result) => result.model)).size).toBe(TOOLS.length)
    expect(results.find((result) => result.trained === 0)!.model).toBe(model.version)
  })

  it.each(TOOLS)('is found in every capture, within 50 queries and 800 octets at the 95th percentile: %s', (tool) => {
    const result = results.find((candidate) => candidate.tool === tool)!
    expect(result.found).toBe(result.captures)
    expect(result.queries!.p95).toBeLessThanOrEqual(50)
    expect(result.octets!.p95).toBeLessThanOrEqual(800)
    expect(result.outside).toEqual([])
    // What the query model finds by itself is told, not bounded: the account is the promise.
    expect(result.queryModel.names.exchanges).toBeGreaterThan(0)
    expect(result.queryModel.names.benign).toBeGreaterThan(1000)
  })

  it('does as docs/evaluation/leave-one-tool-out.md says', async () => {
    const page = pageOf(
      'A tool the models never saw',
      'An attacker brings a tool of their own, so what counts is how a scan does on tools that trained nothing. The promise behind these figures is the information account: learned models only make the alert earlier. No row of the tool trained the model that judges it; the lines, the features and the rules were made by people who had seen all of these tools.',
      ' --leave-out tool',
      'test/shared/acceptance-leave-one-out.test.ts',
      renderReport(leaveOutSections(results), 'markdown'),
    )
    await expect(page).toMatchFileSnapshot('../../docs/evaluation/leave-one-tool-out.md')
  })
})
