import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { loadLibvirtCapabilities } from '../src/capabilities/load-libvirt.ts'
import { probe } from '../src/capabilities/probe/probe.ts'
import { flagsDerivedBy } from '../src/capabilities/releases.ts'
import { Release } from '../src/release/release.ts'

const usage = `npx tsx scripts/compare-probes.ts --root FOLDER [--arch ARCH]…
  Our own probe of every QEMU of a machine against the flags that its libvirt keeps of the same QEMU. Root: the QEMUs
  run in that file system (chroot).
  --root FOLDER   the file system of a machine with libvirt, e.g. /tmp/libvirt-oracle/debian13
  --arch ARCH     only these architectures
`

const { values } = parseArgs({ options: { root: { type: 'string' }, arch: { type: 'string', multiple: true } } })

/** A table in libvirt's cache: who was asked, by which libvirt, and what was derived. */
function cached(path: string) {
  const text = readFileSync(path, 'utf8')
  const [, emulator = ''] = /<emulator>(.*)<\/emulator>/.exec(text) ?? []
  const version = Number(/<selfvers>(\d+)</.exec(text)?.[1] ?? 0)
  const flags = [...text.matchAll(/<flag name='([^']+)'/g)].map(([, name = '']) => name)
  const release = Release.of(`${Math.floor(version / 1e6)}.${Math.floor(version / 1000) % 1000}`)
  return { emulator, release, flags, arch: loadLibvirtCapabilities(text).capabilities?.arch }
}

/** The differences of one QEMU, or undefined where it could not be probed. */
async function compare(root: string, { emulator, release, flags }: ReturnType<typeof cached>, folder: string) {
  const binary = join(folder, basename(emulator))
  writeFileSync(binary, `#!/bin/sh\nexec chroot '${root}' '${emulator}' "$@"\n`)
  chmodSync(binary, 0o755)
  const { capabilities, diagnostics } = await probe(binary)
  for (const { message } of diagnostics) console.error(`${emulator}: ${message}`)
  if (capabilities === undefined) return undefined
  const derivable: ReadonlySet<string> = new Set(flagsDerivedBy(release))
  const ours = new Set([...capabilities.flags].filter((flag) => derivable.has(flag)))
  const theirs = new Set(flags)
  return {
    missing: flags.filter((flag) => !ours.has(flag as never)),
    extra: [...ours].filter((flag) => !theirs.has(flag)),
  }
}

async function main(): Promise<number> {
  const { root, arch } = values
  if (root === undefined) {
    console.error(usage)
    return 2
  }
  const cache = join(root, 'var/cache/libvirt/qemu/capabilities')
  if (!existsSync(cache)) {
    console.log(`SKIPPED: libvirt keeps no tables in ${cache}`)
    return 0
  }
  const folder = mkdtempSync(join(tmpdir(), 'domxml-probes-'))
  let different = 0
  let compared = 0
  try {
    for (const name of readdirSync(cache).sort()) {
      const table = cached(join(cache, name))
      if (table.arch === undefined || (arch && !arch.includes(table.arch))) continue
      const found = await compare(root, table, folder)
      if (found === undefined) {
        different++
        continue
      }
      compared++
      const { missing, extra } = found
      if (missing.length + extra.length > 0) different++
      const rest = [...missing.map((flag) => `-${flag}`), ...extra.map((flag) => `+${flag}`)].join(' ')
      console.log(
        `libvirt ${table.release} ${table.arch} ${table.emulator}: ${table.flags.length} flags ${rest || 'equal'}`,
      )
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
  console.log(`${compared - different} of ${compared} equal`)
  return different === 0 ? 0 : 1
}

process.exitCode = await main()
