import { pathToFileURL } from 'node:url'
import { defineConfig } from 'tsdown'

/**
 * Measured is what is shipped: a bundle. What runs TypeScript as it stands wraps every function to keep its name, which
 * costs a third of the time.
 */
export default defineConfig({
  entry: { main: 'main.ts' },
  format: 'esm',
  platform: 'node',
  outDir: '../node_modules/.cache/bench',
  outExtensions: () => ({ js: '.js' }),
  dts: false,
  clean: true,
  plugins: [
    {
      name: 'source-urls',
      // Files are looked for beside the source, not beside the bundle.
      transform: (code, id) =>
        code.includes('import.meta.url')
          ? code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
          : undefined,
    },
  ],
})
