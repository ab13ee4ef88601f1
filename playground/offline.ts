import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

/** Tables are kept when they are used, not before: there is one for each architecture, and most need but one. */
const isRareTable = (file: string) => /\.gen-[^/]*\.js$/.test(file) && !/\bx86_64\.gen-/.test(file)

/**
 * Adds the service worker that keeps the page's own files, so that it works without a network once it has been seen. It
 * answers for this page's folder only and asks nobody else.
 */
export function offline(): Plugin {
  return {
    name: 'domxml-offline',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const files = Object.keys(bundle).filter((file) => !isRareTable(file) && !file.endsWith('.map'))
        const version = createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 12)
        const own = ['./', './icon.svg', ...files.filter((file) => file !== 'index.html').map((file) => `./${file}`)]
        this.emitFile({ type: 'asset', fileName: 'offline.js', source: serviceWorker(version, own) })
      },
    },
  }
}

function serviceWorker(version: string, files: readonly string[]): string {
  return `const name = 'domxml-${version}'
const files = ${JSON.stringify(files)}
const keep = async (request) => {
  const answer = await fetch(request)
  if (answer.ok) await (await caches.open(name)).put(request, answer.clone())
  return answer
}
self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(name).then((cache) => cache.addAll(files)).then(() => self.skipWaiting()))
})
self.addEventListener('activate', (event) => {
  const old = async () => {
    for (const key of await caches.keys()) if (key.startsWith('domxml-') && key !== name) await caches.delete(key)
    await self.clients.claim()
  }
  event.waitUntil(old())
})
self.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method !== 'GET' || !request.url.startsWith(self.registration.scope)) return
  // The page itself may be newer on the server; all else has its content in its name.
  const known = () => caches.match(request, { ignoreSearch: true, ignoreVary: true })
  event.respondWith(
    request.mode === 'navigate' ? keep(request).catch(known) : known().then((answer) => answer ?? keep(request)),
  )
})
`
}
