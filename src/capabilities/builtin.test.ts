import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { shared, skippedWithoutShared } from '../../tests/shared.ts'
import { type BuiltinBuild, builtinBuilds, chooseBuild, describeBuild, loadBuiltin } from './builtin.ts'
import { type Arch, accelerators } from './capabilities.ts'
import { derive } from './derive.ts'
import { dialogueOfRecording } from './dialogue.ts'
import { printCapabilities, readCapabilities } from './file.ts'

describe('choosing a built-in table', () => {
  const labelOf = (wanted: string, arch: Arch = 'x86_64') => chooseBuild(arch, wanted).build?.label

  it('takes labels, and branches for their newest build', () => {
    expect(labelOf('8.2.0')).toBe('8.2.0')
    expect(labelOf('10.0.0')).toBe('10.0.0')
    expect(labelOf('10.0')).toBe('10.0.13')
    expect(chooseBuild('x86_64', '8.2').diagnostics).toEqual([])
    expect(chooseBuild('x86_64', '10.0').diagnostics).toEqual([])
  })

  it('takes the newest by label for latest, without variants', () => {
    expect(labelOf('latest')).toBe('11.1.3')
    expect(labelOf('latest', 'sparc')).toBe('9.0.0')
    expect(labelOf('latest', 'armv7l')).toBe('8.2.0')
  })

  it.each([
    ['x86_64', '8.2.1', '8.2.0'],
    ['x86_64', '10.0.5', '10.0.0'],
    ['x86_64', '99.0', '11.1.3'],
    ['aarch64', '10.0.0', '10.0.13'],
    ['aarch64', '10.1', '10.0.13'],
    ['aarch64', '9.1.0', '8.2.0'],
  ] as const)('%s %s takes the nearest, %s, and says so', (arch, wanted, expected) => {
    const { build, diagnostics } = chooseBuild(arch, wanted)
    expect(build?.label).toBe(expected)
    expect(diagnostics).toMatchObject([{ code: 'capabilities/nearest-older', severity: 'info' }])
    expect(diagnostics[0]?.message).toContain(expected)
  })

  it.each([
    ['ppc64le', 'ppc64'],
    ['i686', 'x86_64'],
  ] as const)('serves %s by the tables of %s', async (arch, standIn) => {
    const { build, diagnostics } = chooseBuild(arch, '10.0')
    expect(build).toMatchObject({ arch: standIn, label: '10.0.13' })
    expect(diagnostics).toEqual([])
    expect((await loadBuiltin(build!)).machines('tcg').length).toBeGreaterThan(5)
  })

  it('says label and reported version', () => {
    expect(describeBuild(chooseBuild('aarch64', '6.2.0').build!)).toBe('6.2.0 (reports 6.1.50)')
    expect(describeBuild(chooseBuild('x86_64', '8.2.0').build!)).toBe('8.2.0')
  })

  it('takes a variant that is named', () => {
    expect(chooseBuild('aarch64', '7.0.0+hvf').build?.variant).toBe('hvf')
    expect(chooseBuild('aarch64', '7.0.0').build?.variant).toBeUndefined()
  })

  it.each([
    ['x86_64', '2.12', 'capabilities/no-build'],
    ['mips', 'latest', 'capabilities/no-build'],
    ['x86_64', '7.2.0+warp', 'capabilities/no-build'],
    ['x86_64', 'new', 'capabilities/bad-version'],
  ] as const)('refuses %s %s', (arch, wanted, code) => {
    expect(chooseBuild(arch, wanted)).toMatchObject({ diagnostics: [{ code, severity: 'error' }] })
    expect(chooseBuild(arch, wanted).build).toBeUndefined()
  })
})

describe('built-in tables', () => {
  it('are under half a megabyte together, and their index under 10 kB', () => {
    const folder = new URL('builtin/', import.meta.url)
    const sizes = readdirSync(folder).map((name) => statSync(new URL(name, folder)).size)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(500_000)
    expect(statSync(new URL('index.gen.ts', folder)).size).toBeLessThan(10_000)
  })

  it.each(['aarch64', 's390x', 'riscv64'] as const)('fit the JSON Schema of a capability file: %s', async (arch) => {
    const { table } = await loadBuiltin(chooseBuild(arch).build!)
    const { capabilities, diagnostics } = readCapabilities(printCapabilities(table))
    expect(diagnostics).toEqual([])
    expect(capabilities?.table).toEqual(table)
  })

  it('know a VF token since QEMU 8.1, where they have VFIO', async () => {
    const tables = await Promise.all(builtinBuilds.map(loadBuiltin))
    const having = tables.filter((table) => table.has('vfio-pci.vf-token'))
    expect(having.filter((table) => !table.versionAtLeast(8, 0, 50)).map(({ label }) => label)).toEqual([])
    const newer = tables.filter((table) => table.versionAtLeast(8, 0, 50) && table.has('vfio-pci'))
    expect(newer.length).toBe(having.length)
    expect(having.length).toBeGreaterThan(20)
  })

  it.each(['x86_64', 'aarch64', 's390x', 'ppc64', 'riscv64'] as const)(
    'take guests of type kvm on %s',
    async (arch) => {
      const table = await loadBuiltin(chooseBuild(arch).build!)
      expect(table.accelerators).toEqual(['kvm', 'tcg'])
      expect(table.has('kvm')).toBe(true)
      expect(table.cpuModel('host', 'kvm')?.usable).toBe('unknown')
      expect(table.machines('kvm').map(({ name }) => name)).toEqual(table.machines('tcg').map(({ name }) => name))
    },
  )

  it('lend no host CPU', async () => {
    const table = await loadBuiltin(chooseBuild('x86_64').build!)
    expect(table.recordedOn).toBe('elsewhere')
    expect(accelerators.map((accelerator) => table.hostCpu(accelerator))).toEqual([undefined, undefined, undefined])
    expect(new Set(table.cpuModels('kvm').map(({ usable }) => usable))).toEqual(new Set(['unknown']))
  })
})

/** The recording of a build: libvirt 11.3's where both have it. Probes of our own have none. */
function recordingOf({ label, arch, variant }: BuiltinBuild): string | undefined {
  const name = `qemucapabilitiesdata/caps_${label}_${arch}${variant === undefined ? '' : `+${variant}`}.replies`
  return ['corpus-11.3', 'corpus'].map((corpus) => `${shared}/${corpus}/${name}`).find((path) => existsSync(path))
}

describe.skipIf(skippedWithoutShared('built-in tables against their recordings'))('a built-in table', () => {
  it('comes from a recording, or one of our probes', () => {
    expect(builtinBuilds.filter((build) => recordingOf(build) === undefined).length).toBe(10)
  })

  it.each(builtinBuilds.filter((build) => recordingOf(build)))(
    '$label $arch $variant is what its recording shows',
    async (build) => {
      const dialogue = dialogueOfRecording(readFileSync(recordingOf(build)!, 'utf8'))
      const recorded = derive(dialogue, { hvf: build.variant === 'hvf' }, build.label).capabilities!.table
      const { accelerators: ofRecorded, hypervValues: _, ...expected } = recorded
      const { accelerators: ofBuiltin, ...rest } = (await loadBuiltin(build)).table
      expect(rest).toEqual({ ...expected, recordedOn: 'elsewhere' })
      expect(Object.keys(ofBuiltin).sort()).toEqual(Object.keys(ofRecorded).sort())
      for (const accelerator of accelerators) {
        const [ours, theirs] = [ofBuiltin[accelerator], ofRecorded[accelerator]]
        const ofBuild = theirs?.cpuModels.map((model) =>
          accelerator === 'tcg' ? model : { ...model, usable: 'unknown', blockers: [] },
        )
        expect(ours?.machines).toEqual(theirs?.machines)
        expect(ours?.cpuModels).toEqual(ofBuild)
      }
    },
  )
})
