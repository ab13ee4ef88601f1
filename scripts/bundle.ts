import type { UserConfig } from 'tsdown'

const commander = /commander\/lib\/command\.js$/
const needsProcesses = "require('node:child_process')"

/**
 * The command line: chunks for `require`, which loads them faster than an import does, and which `src/cli/compiled.ts`
 * can stand for. Given are the folder from which the sources are named, and where the chunks go.
 */
export function commandLine(root: string, outDir: string): UserConfig[] {
  const common: UserConfig = {
    format: 'cjs',
    platform: 'node',
    outDir,
    dts: false,
    clean: false,
    // Less to compile at each start; names of functions stay, for what a stack tells.
    minify: { mangle: { toplevel: false, keepNames: true }, compress: true, codegen: { removeWhitespace: true } },
    outExtensions: () => ({ js: '.cjs' }),
    // The pool finds its own worker beside itself.
    external: ['tinypool'],
    noExternal: [/^(?!tinypool$)/],
    // What a library for many programs would have us know: that its ES modules are the better ones.
    checks: { legacyCjs: false },
    plugins: [
      {
        name: 'no-subprograms',
        // Commands that are programs of their own, which there are none of, would load all of Node's network at each start.
        transform(code, id) {
          if (!commander.test(id)) return undefined
          if (!code.includes(needsProcesses)) throw new Error('commander no longer requires node:child_process')
          return code.replace(needsProcesses, '{}')
        },
      },
    ],
  }
  return [
    {
      entry: { main: `${root}/src/cli/main-module.ts` },
      format: 'esm',
      platform: 'node',
      outDir,
      dts: false,
      clean: false,
      outExtensions: () => ({ js: '.js' }),
    },
    { ...common, entry: { domxml: `${root}/src/cli/start.ts` } },
    {
      ...common,
      entry: {
        main: `${root}/src/cli/main.ts`,
        'lint-worker': `${root}/src/cli/lint/worker.ts`,
        pool: `${root}/src/cli/lint/pool.ts`,
      },
    },
  ]
}
