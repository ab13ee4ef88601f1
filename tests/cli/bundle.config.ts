import { defineConfig } from 'tsdown'
import { commandLine } from '../../scripts/bundle.ts'

/** The command line alone, as it is published, into the folder that `DOMXML_BUNDLE` names. */
export default defineConfig(
  commandLine('../..', process.env.DOMXML_BUNDLE ?? 'dist/cli').map((part) => ({
    ...part,
    logLevel: 'silent' as const,
  })),
)
