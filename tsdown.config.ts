import { defineConfig } from 'tsdown'

export default defineConfig([
  { entry: { index: 'src/index.ts' }, format: 'esm', platform: 'neutral', dts: true, outDir: 'dist', clean: true },
  {
    entry: { main: 'src/cli/main.ts', 'lint-worker': 'src/cli/lint/worker.ts' },
    format: 'esm',
    platform: 'node',
    outDir: 'dist/cli',
    dts: false,
    clean: false,
    // Less to compile at each start; names of functions stay, for what a stack tells.
    minify: { mangle: { toplevel: false, keepNames: true }, compress: true, codegen: { removeWhitespace: true } },
    outExtensions: () => ({ js: '.js' }),
    // The pool finds its own worker beside itself.
    external: ['tinypool'],
    noExternal: [/^(?!tinypool$)/],
  },
])
