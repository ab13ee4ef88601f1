import { defineConfig } from 'vitest/config'

/** Properties over all outputs and whole corpora, apart from `npm test`: they may try more than a minute allows. */
export default defineConfig({
  test: {
    include: ['tests/{secrets,cases,laws}/**/*.proof.ts'],
    setupFiles: ['tests/strict-findings.ts'],
    maxWorkers: '100%',
    testTimeout: 600_000,
  },
})
