import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    typecheck: { include: ['tests/types/**/*.test-d.ts'] },
    passWithNoTests: true,
  },
})
