import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { oneLanguage } from '../../src/datasets/each-exchange.ts'
import { inspect } from '../../src/datasets/inspect/inspect.ts'
import type { Inspection } from '../../src/datasets/inspect/inspection.ts'
import { labelledInputs } from '../../src/datasets/labelled-inputs.ts'
import { loadDataSets } from '../../src/datasets/load-data-sets.ts'
import type { ProfileName } from '../../src/datasets/row-profile.ts'
import { loadDetectionModel } from '../../src/detect/load-detection-model.ts'

const SEEDS = resolve(import.meta.dirname, '../../../shared/data/seeds')
const STREAM = join(SEEDS, 'uottawa-kafka/kafka_stream_2022_prefix.csv')
const NAMES = join(SEEDS, 'alansary-2022/aggregated_labelled.csv')
const present = existsSync(STREAM)
if (!present && process.env.CI !== 'true') console.warn(`SKIPPED: ${SEEDS} is not there, so no table was inspected.`)

async function inspectAll(path: string, profile: ProfileName): Promise<Inspection[]> {
  const { language, thresholds } = loadDetectionModel()
  const rows = await labelledInputs([path])
  return (await loadDataSets(rows, { profile, languages: oneLanguage(language), thresholds })).map(inspect)
}

describe.skipIf(!present && process.env.CI !== 'true')('inspect', () => {
  it('finds that the label of the originals’ stream cannot be learned', async () => {
    const [found] = await inspectAll(STREAM, 'query')
    expect([found.rows, found.attackRows, found.benignRows]).toEqual([141_949, 72_641, 69_308])
    expect(found.malformed).toEqual({})
    expect(found.duplicates).toBe(37_597)
    expect(found.duplicatesIgnoringTime).toBe(124_088)
    const { ceiling, ceilingOfNumbers } = found
    expect((100 * ceiling.conflictingRows) / found.rows).toBeCloseTo(71.1, 1)
    expect([ceiling.benignKeys, ceiling.attackKeys, ceiling.bothKeys]).toEqual([17_756, 27, 39])
    expect(ceiling.result.accuracy).toBeCloseTo(0.7996, 4)
    expect(ceilingOfNumbers.result.accuracy).toBeCloseTo(0.7995, 4)
    const rules = Object.fromEntries(found.baselines.map(({ rule, accuracy }) => [rule, accuracy.toFixed(4)]))
    expect(rules).toEqual({
      'all attack': '0.5117',
      'reverse look-up, single label or .local': '0.7982',
      'specialCount > 3': '0.7829',
    })
    const best = Object.fromEntries(found.features.map(({ name, best }) => [name, best.accuracy.toFixed(4)]))
    expect(best).toMatchObject({ qnameLength: '0.7820', digitCount: '0.7803', hasSubdomain: '0.7142' })
    expect(best.legacyEntropyBits).toBe('0.6254')
    expect(found.warnings[0]).toBe(
      'label not learnable above 0.80: 71.1 % of rows have features that occur with both labels',
    )
    expect(found.warnings.join()).toContain('row order tells the classes apart')
  })

  it('finds that capitals alone label the table of names, and one threshold after they are folded', async () => {
    const [found] = await inspectAll(NAMES, 'legacy')
    expect([found.rows, found.attackRows]).toEqual([100_000, 13_000])
    const accuracy = (name: string) =>
      [...found.features, ...found.leaks].find((column) => column.name === name)?.best.accuracy.toFixed(4)
    expect(accuracy('capitals of the name')).toBe('0.9999')
    expect(accuracy('upperCount')).toBe('0.8700')
    expect([accuracy('digitCount'), accuracy('qnameLength')]).toEqual(['0.9928', '0.9769'])
    expect(found.warnings.join()).toContain('one threshold does it: digitCount > 13 reaches 0.9928')
  })

  it('reads every file of the manifests that rows are made of, and keeps their groups apart', async () => {
    const [queries, ...others] = await inspectAll(join(SEEDS, '../lab/MANIFEST.csv'), 'query')
    expect(others).toEqual([])
    expect(queries.groups.mixed).toBe(0)
    expect(queries.tools.largest.map(({ name }) => name).sort()).toEqual(['DET', 'benign', 'dnscat2', 'iodine'])
  })
})
