import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The built command line says the same, and nothing else, in the releases of Node that are maintained, each with code it
 * compiled itself, then with what it kept of it. They come from the registry (50 MB each).
 * Usage: npm run prove-engines [-- RELEASES]
 */
const releases = process.argv.length > 2 ? process.argv.slice(2) : ['22', '24', '26']
const path = (relative: string) => fileURLToPath(new URL(`../${relative}`, import.meta.url))
const main = path('dist/cli/domxml.cjs')
const [domain, host] = [path('examples/vfio/db.xml'), path('examples/vfio/host.json')]
const folder = mkdtempSync(join(tmpdir(), 'domxml-engines-'))

/** As many as start workers. */
const guests = Array.from({ length: 320 }, (_, number) => {
  const file = join(folder, `${number}.xml`)
  const odd = number % 10 === 0 ? '<dsik/>' : ''
  const devices = `<disk type='file'><source file='/images/${number}'/><target dev='vda' bus='virtio'/></disk>${odd}`
  const os = `<os><type arch='x86_64' machine='q35'>hvm</type></os>`
  writeFileSync(
    file,
    `<domain type='kvm'><name>guest-${number}</name><memory>4096</memory>${os}<devices>${devices}</devices></domain>\n`,
  )
  return file
})

const calls: readonly (readonly string[])[] = [
  ['--version'],
  ['--help'],
  ['argv', path('examples/vf-token.xml')],
  ['format', path('examples/vf-token.xml')],
  ['validate', '--host', host, domain],
  ['vfio', 'check', '--host', host, domain],
  ['lint', '--no-config', '--quiet', ...guests],
]

function answers(node: string, cache: string) {
  const env = { ...process.env, XDG_CACHE_HOME: cache, NO_COLOR: '1' }
  return calls.map((args) => {
    const { status, stdout, stderr } = spawnSync(node, [main, ...args], { encoding: 'utf8', env })
    return JSON.stringify({ args: args.slice(0, 6), status, stdout, stderr }, undefined, 1)
  })
}

function installed(release: string): string {
  const name = `node-${process.platform}-${process.arch}`
  const prefix = join(folder, release)
  const args = ['install', '--prefix', prefix, '--no-save', '--no-audit', '--no-fund', '--loglevel', 'error']
  const { status } = spawnSync('npm', [...args, `${name}@${release}`], { stdio: 'inherit' })
  if (status !== 0) throw new Error(`${name}@${release} cannot be installed`)
  return join(prefix, 'node_modules', name, 'bin/node')
}

try {
  const expected = answers(process.execPath, join(folder, 'cache'))
  const isFine = (answer: string) => answer.includes('"status": 0') || answer.includes('"status": 1')
  if (!expected.every(isFine)) throw new Error(`a call fails here already: ${expected.find((it) => !isFine(it))}`)
  for (const release of releases) {
    const node = installed(release)
    const cache = join(folder, `cache-${release}`)
    for (const time of ['compiled', 'kept']) {
      for (const [number, answer] of answers(node, cache).entries()) {
        if (answer === expected[number]) continue
        throw new Error(`Node ${release}, code ${time}: ${answer}\ninstead of ${expected[number]}`)
      }
    }
    console.log(`Node ${release}: ${calls.length} calls say the same, twice`)
  }
} finally {
  rmSync(folder, { recursive: true })
}
