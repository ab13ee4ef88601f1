import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from '@commander-js/extra-typings'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Capabilities } from '../../src/capabilities/capabilities.ts'
import { loadCapabilities } from '../../src/capabilities/load.ts'
import { registerCapabilities } from '../../src/cli/commands/capabilities.ts'
import { convert } from '../../src/convert.ts'
import { hasErrors } from '../../src/diagnostic/diagnostic.ts'
import { genericHost } from '../../src/host/generic.ts'

const binary = process.env.DOMXML_QEMU ?? '/usr/bin/qemu-system-x86_64'
const absent = !existsSync(binary)
if (absent) console.warn(`SKIPPED probe of a live QEMU: ${binary} is not installed (Debian: qemu-system-x86)`)

const examples = fileURLToPath(new URL('../../examples', import.meta.url))
const domains = readdirSync(examples, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.xml'))

describe.skipIf(absent)('a live QEMU', () => {
  const folder = mkdtempSync(join(tmpdir(), 'domxml-live-'))
  const file = join(folder, 'table.json')
  let said = ''
  let table: Capabilities

  beforeAll(async () => {
    const program = new Command('domxml')
    registerCapabilities(program as Command, {
      out: () => undefined,
      error: (text) => {
        said += text
      },
      colourOut: false,
      colourError: false,
      end: () => undefined,
    })
    await program.parseAsync(['capabilities', 'probe', binary, '--no-cache', '-o', file], { from: 'user' })
    const { capabilities, diagnostics } = loadCapabilities(readFileSync(file))
    expect(diagnostics).toEqual([])
    table = capabilities!
  }, 120_000)
  afterAll(() => rmSync(folder, { recursive: true }))

  it('gives a table of its own', () => {
    expect(said).toContain(file)
    expect(table.arch).toBe('x86_64')
    expect(table.recordedOn).toBe('host')
    expect(table.machine('q35', 'tcg')?.name).toMatch(/^pc-q35-\d/)
    expect(table.cpuModel('qemu64', 'tcg')?.usable).toBe('yes')
    expect(table.hostCpu('tcg')?.properties.length).toBeGreaterThan(100)
    expect(table.has('kvm')).toBe(table.accelerators.includes('kvm'))
    for (const flag of ['tcg', 'VGA', 'vfio-pci', 'qemu-xhci', 'virtio-net', 'pcie-root-port', 'vnc'] as const) {
      expect(table.has(flag)).toBe(true)
    }
  })

  it('knows a VF token from 8.1 on', () => {
    expect(table.has('vfio-pci.vf-token')).toBe(table.versionAtLeast(8, 1))
  })

  it.each(domains)('converts examples/%s, or refuses its VF token', (name) => {
    const text = readFileSync(join(examples, name), 'utf8')
    const { argv, diagnostics } = convert(text, { capabilities: table, host: genericHost('x86_64') })
    const refused = text.includes('<vf-token') && !table.has('vfio-pci.vf-token')
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    const withoutKvm = text.includes("type='kvm'") && !table.has('kvm')
    const expected = withoutKvm ? ['domain/accelerator-unsupported'] : refused ? ['hostdev/vf-token-unsupported'] : []
    expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(expected))
    expect(argv !== undefined && !hasErrors(diagnostics)).toBe(expected.length === 0)
    for (const { code, hint } of errors) if (code.includes('vf-token')) expect(hint).toContain('8.1')
  })
})
