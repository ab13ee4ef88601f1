import { defineConfig } from 'vitest/config'

/** Proofs with real QEMUs, apart from `npm test`: they take their time. */
export default defineConfig({
  test: { include: ['tests/launch/**/*.proof.ts'], testTimeout: 600_000, fileParallelism: false },
})
