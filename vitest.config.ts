import { defineConfig } from 'vitest/config'

/** Tests that replace a module or count the runs of its functions, and so need modules of their own. */
const alone = ['src/xml/join.test.ts', 'tests/scale/scale.test.ts']

export default defineConfig({
  test: {
    passWithNoTests: true,
    // Bundles that tests build live for one run.
    env: { NODE_DISABLE_COMPILE_CACHE: '1' },
    setupFiles: ['tests/strict-findings.ts'],
    // By itself it leaves one core idle, of two the half.
    maxWorkers: '100%',
    // A test that hangs ends; none may fail because a machine is busy.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          // Files of one worker share the modules they import: half of the time went into importing.
          name: 'shared',
          include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
          exclude: alone,
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
  },
})
