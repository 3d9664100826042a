import { defineConfig } from 'vitest/config'

/**
 * The slow checks: real captures and lists from the folder `shared` beside the checkout, tshark as the oracle, and the
 * report in a browser.
 */
export default defineConfig({
  test: {
    include: ['test/shared/**/*.test.ts', 'test/browser/**/*.test.ts', 'test/fuzz/**/*.test.ts'],
    testTimeout: 600_000,
  },
})
