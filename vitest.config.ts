import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** Files beside the code share their modules: loading these anew for each file took longer than the tests. */
const beside = { name: 'src', include: ['src/**/*.test.ts'], isolate: false }
/** Those that start programs, change folders or look at the whole tree stand alone. */
const apart = {
  name: 'whole',
  include: ['test/**/*.test.ts'],
  exclude: ['shared', 'browser', 'fuzz', 'learning', 'broker', 'lab', 'checkout', 'service'].map(
    (folder) => `test/${folder}/**`,
  ),
}
const testTimeout = 60_000

export default defineConfig({
  test: {
    // By itself one core is left idle, of two.
    maxWorkers: availableParallelism(),
    projects: [{ test: { ...beside, testTimeout } }, { test: { ...apart, testTimeout } }],
    coverage: {
      provider: 'v8',
      include: ['src/**'],
      exclude: ['**/*.test.ts', '**/*.testing.ts'],
      reporter: ['text-summary'],
    },
  },
})
