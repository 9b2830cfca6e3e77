import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    globalSetup: ['src/wasm/guests/fixture-setup.ts', 'src/cli/thread-setup.ts'],
    // Two cores; the engine's tests are many and small.
    testTimeout: 20_000,
  },
})
