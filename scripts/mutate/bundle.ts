import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'
import type { KillerScope } from './scope.ts'

const here = dirname(fileURLToPath(import.meta.url))

/** Sources and tests in one file, so that a mutant that matters while modules load costs a fraction of a second. */
export async function bundle(
  sources: ReadonlyMap<string, string>,
  { tests, corpora }: KillerScope,
  outfile: string,
): Promise<void> {
  const listed = tests.map((file) => `  [${JSON.stringify(file)}, () => import(${JSON.stringify(resolve(file))})],`)
  const entry = `import { killers } from ${JSON.stringify(resolve(here, 'killers.ts'))}
export const load = () => killers([\n${listed.join('\n')}\n], ${corpora})`
  await build({
    stdin: { contents: entry, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outfile,
    logLevel: 'error',
    packages: 'external',
    plugins: [ours(sources)],
  })
}

/** Files that are read with their switches, know where they really are, and find our `vitest`. */
function ours(sources: ReadonlyMap<string, string>): Plugin {
  const mutated = new Map([...sources].map(([file, text]) => [resolve(file), text]))
  return {
    name: 'ours',
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^vitest$/ }, () => ({ path: resolve(here, 'vitest.ts') }))
      onLoad({ filter: /\/(src|tests|scripts)\/.*\.ts$/ }, ({ path }) => {
        const text = mutated.get(path) ?? readFileSync(path, 'utf8')
        const contents = text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
        return { contents, loader: 'ts', resolveDir: dirname(path) }
      })
    },
  }
}
