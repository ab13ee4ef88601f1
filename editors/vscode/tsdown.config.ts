import { defineConfig } from 'tsdown'

/** The extension, and the command line with the language server beside it. */
export default defineConfig([
  {
    entry: { extension: 'src/extension.ts' },
    format: 'cjs',
    platform: 'node',
    outDir: 'dist',
    dts: false,
    outExtensions: () => ({ js: '.cjs' }),
    // The editor itself hands this in.
    external: ['vscode'],
    noExternal: [/^(?!vscode$)/],
  },
  {
    entry: { main: '../../src/cli/main.ts' },
    format: 'esm',
    platform: 'node',
    outDir: 'dist/server',
    dts: false,
    outExtensions: () => ({ js: '.js' }),
    noExternal: [/.*/],
  },
])
