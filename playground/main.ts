import { fileURLToPath } from 'node:url'
import { build, preview } from 'vite'

const configFile = fileURLToPath(new URL('vite.config.ts', import.meta.url))

/** `npm run playground` builds the page into `playground/dist`; with `-- --serve` it serves what was built, too. */
await build({ configFile, logLevel: 'warn' })
console.log('built: playground/dist')
if (process.argv.includes('--serve')) {
  const server = await preview({ configFile })
  server.printUrls()
}
