import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Minutes long each: one of them that began last would run alone while the other core waits. */
const LONGEST = [
  'contest',
  'broker/drills',
  'acceptance-leave-one-out',
  'adaptation',
  'kafka',
  'models',
  'evasion',
  'acceptance',
  'service/benign',
  'load',
]

/** The longest first, the others as ever. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`))
      return at < 0 ? LONGEST.length : at
    }
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b))
  }
}

/**
 * The slow checks: real captures and lists from the folder `shared` beside the checkout, tshark as the oracle, the
 * reports in a browser, a real broker, the lab, copies of the checkout, and the verbs that learn, run as programs.
 */
export default defineConfig({
  test: {
    include: ['shared', 'browser', 'fuzz', 'learning', 'broker', 'lab', 'checkout', 'service'].map(
      (folder) => `test/${folder}/**/*.test.ts`,
    ),
    sequence: { sequencer: LongestFirst },
    testTimeout: 600_000,
  },
})
