import type { UserConfig } from 'tsdown'

/** What libraries for many programs load of Node at each start, and none of our commands needs of them. */
const lighter: readonly { readonly file: RegExp; readonly text: string; readonly instead: string }[] = [
  // Commands that are programs of their own: all of Node's network.
  { file: /commander\/lib\/command\.js$/, text: "require('node:child_process')", instead: '{}' },
  // Configurations read by promises, which ours are not: Node's files of that kind, with its line editor.
  {
    file: /lilconfig\/src\/index\.js$/,
    text: 'fsReadFileAsync = fs.promises.readFile',
    instead: 'fsReadFileAsync = (...args) => fs.promises.readFile(...args)',
  },
  // A hash of a few words by all of Node's cryptography, where the same library has it in JavaScript.
  { file: /uuid\/dist-node\/v5\.js$/, text: "'./sha1.js'", instead: "'../dist/sha1.js'" },
]

const wide = /[^\0-\x7f]/g
const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`

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
    noExternal: [/./],
    // What a library for many programs would have us know: that its ES modules are the better ones.
    checks: { legacyCjs: false },
    plugins: [
      {
        name: 'lighter-libraries',
        transform(code, id) {
          const change = lighter.find(({ file }) => file.test(id))
          if (change === undefined) return undefined
          if (!code.includes(change.text)) throw new Error(`${id} no longer says ${change.text}`)
          return code.replace(change.text, change.instead)
        },
      },
      {
        name: 'ascii',
        // A text in which no character needs more than a byte is half as long for the engine.
        generateBundle(_, bundle) {
          for (const it of Object.values(bundle)) if (it.type === 'chunk') it.code = it.code.replace(wide, escaped)
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
    { ...common, entry: { domxml: `${root}/src/cli/start.ts`, 'lint-worker': `${root}/src/cli/lint/worker.ts` } },
    {
      ...common,
      entry: {
        main: `${root}/src/cli/main.ts`,
        'inspect-chunk': `${root}/src/cli/lint/inspect-chunk.ts`,
      },
    },
  ]
}
