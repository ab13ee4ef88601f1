import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { offline } from './offline.ts'
import { withoutEvidence } from './without-evidence.ts'
import { withoutGenerated } from './without-generated.ts'
import { withoutParsing } from './without-parsing.ts'
import { withoutStarts } from './without-starts.ts'

/** A page of static files: relative links only, so that it works in any folder of any file server. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [offline()],
  worker: { format: 'es', plugins: () => [withoutEvidence(), withoutGenerated(), withoutStarts(), withoutParsing()] },
  build: {
    outDir: fileURLToPath(new URL('./dist', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    // Its polyfill would fetch; every browser that runs the page has the real one.
    modulePreload: { polyfill: false },
    // Nothing as a data: URL but what the policy allows.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
})
