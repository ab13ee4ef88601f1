import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toJson } from '../../src/argv/print.ts'
import { chooseBuild, loadBuiltin } from '../../src/capabilities/builtin.ts'
import type { Capabilities } from '../../src/capabilities/capabilities.ts'
import { probe } from '../../src/capabilities/probe/probe.ts'
import { convert } from '../../src/convert.ts'
import { genericHost } from '../../src/host/generic.ts'
import type { Host } from '../../src/host/host.ts'
import { startAndQuit } from './qemu.ts'

const folder = fileURLToPath(new URL('./domains/', import.meta.url))
const names = readdirSync(folder).map((file) => file.replace(/\.xml$/, ''))
const sourceOf = (name: string) => readFileSync(`${folder}${name}.xml`, 'utf8')

/** A freshly installed host with the UEFI firmware of its distribution. */
const withFirmware: Host = {
  ...genericHost('x86_64'),
  firmware: [
    {
      path: '/usr/share/qemu/firmware/60-edk2-x86_64.json',
      descriptor: {
        'interface-types': ['uefi'],
        mapping: {
          device: 'flash',
          mode: 'split',
          executable: { filename: '/usr/share/OVMF/OVMF_CODE_4M.fd', format: 'raw' },
          'nvram-template': { filename: '/usr/share/OVMF/OVMF_VARS_4M.fd', format: 'raw' },
        },
        targets: [{ architecture: 'x86_64', machines: ['pc-i440fx-*', 'pc-q35-*'] }],
        features: ['acpi-s3', 'amd-sev', 'verbose-dynamic'],
      },
    },
  ],
}

describe('what virt-install prints', () => {
  let capabilities: Capabilities
  beforeAll(async () => {
    capabilities = await loadBuiltin(chooseBuild('x86_64').build!)
  })

  test.each(names)('%s converts without an error', (name) => {
    const { diagnostics, argv } = convert(sourceOf(name), { capabilities, host: withFirmware })
    expect(
      diagnostics.filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code}: ${message}`),
    ).toEqual([])
    expect(argv).toBeDefined()
  })
})

const binary = process.env.DOMXML_QEMU ?? '/usr/bin/qemu-system-x86_64'
const absent = !existsSync(binary)
if (absent) console.warn(`SKIPPED QEMU accepts the options: ${binary} is not installed (Debian: qemu-system-x86)`)

/** Guests that a machine without KVM, a TPM emulator or firmware files can start. */
const startable = names.filter((name) => !/type="kvm"|firmware="efi"|<tpm/.test(sourceOf(name)))

describe.skipIf(absent)('a real QEMU accepts the options', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'domxml-qemu-'))
  let capabilities: Capabilities
  beforeAll(async () => {
    capabilities = (await probe(binary)).capabilities!
  }, 120_000)
  afterAll(() => rmSync(scratch, { recursive: true, force: true }))

  test.each(startable)('%s', { timeout: 60_000 }, async (name) => {
    const own = join(scratch, name)
    mkdirSync(own)
    let images = 0
    const emptyImage = () => {
      const image = join(own, `disk${images++}.raw`)
      writeFileSync(image, '')
      truncateSync(image, 1 << 20)
      return `file="${image}"`
    }
    // Same guest, its files in a folder of its own.
    const source = sourceOf(name)
      .replaceAll(/file="[^"]*"/g, emptyImage)
      .replaceAll('type="qcow2"', 'type="raw"')
    const { argv, diagnostics } = convert(source, { capabilities, host: hostIn(own) })
    expect(argv, JSON.stringify(diagnostics)).toBeDefined()
    const { args } = toJson(argv!)
    for (const path of pathsIn(args, own)) mkdirSync(dirname(path), { recursive: true })
    writeFileSync(join(own, `domain--1-${name}`.slice(0, 30), 'master-key.aes'), Buffer.alloc(32))
    const monitor = /path=([^,]*monitor\.sock)/.exec(args.join('\n'))![1]!
    const { accepted, stderr } = await startAndQuit(binary, args, monitor)
    expect(accepted, stderr).toBe(true)
  })
})

function hostIn(own: string): Host {
  const host = genericHost('x86_64')
  return { ...host, config: { ...host.config, libDir: own, channelTargetDir: join(own, 'channel') } }
}

function pathsIn(args: readonly string[], own: string): string[] {
  return args.flatMap((arg) => [...arg.matchAll(new RegExp(`${own}[^,"]*`, 'g'))].map(([path]) => path))
}
