import { defineConfig } from 'vitest/config'

/**
 * The slow checks: real captures and lists from the folder `shared` beside the checkout, tshark as the oracle, the
 * reports in a browser, a real broker, the lab, copies of the checkout, and the verbs that learn, run as programs.
 */
export default defineConfig({
  test: {
    include: ['shared', 'browser', 'fuzz', 'learning', 'broker', 'lab', 'checkout'].map(
      (folder) => `test/${folder}/**/*.test.ts`,
    ),
    testTimeout: 600_000,
  },
})
