import { defineConfig } from 'vitest/config'

/** The slow checks: real captures and lists from the folder `shared` beside the checkout, and tshark as the oracle. */
export default defineConfig({
  test: {
    include: ['test/shared/**/*.test.ts'],
    testTimeout: 600_000,
  },
})
