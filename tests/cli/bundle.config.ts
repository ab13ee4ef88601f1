import { defineConfig } from 'tsdown'

/** The command line alone, as it is published, into the folder that `DOMXML_BUNDLE` names. */
export default defineConfig({
  entry: { main: '../../src/cli/main.ts', 'lint-worker': '../../src/cli/lint/worker.ts' },
  format: 'esm',
  platform: 'node',
  outDir: process.env.DOMXML_BUNDLE ?? 'dist/cli',
  outExtensions: () => ({ js: '.js' }),
  dts: false,
  clean: false,
  external: ['tinypool'],
  noExternal: [/^(?!tinypool$)/],
  logLevel: 'silent',
})
