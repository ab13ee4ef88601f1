import { readdirSync, readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { shared, skippedWithoutShared } from '../../tests/shared.ts'
import { builtinBuilds, chooseBuild, describeBuild, loadBuiltin } from './builtin.ts'
import { accelerators } from './capabilities.ts'
import { derive } from './derive.ts'
import { dialogueOfRecording } from './dialogue.ts'
import { printCapabilities, readCapabilities } from './file.ts'

describe('choosing a built-in table', () => {
  const labelOf = (wanted: string, arch: 'x86_64' | 'sparc' | 'mips' = 'x86_64') =>
    chooseBuild(arch, wanted).build?.label

  it('takes labels, whole or short', () => {
    expect(labelOf('8.2.0')).toBe('8.2.0')
    expect(labelOf('8.2')).toBe('8.2.0')
    expect(chooseBuild('x86_64', '8.2').diagnostics).toEqual([])
  })

  it('takes the newest by label for latest, without variants', () => {
    expect(chooseBuild('x86_64').build).toMatchObject({ label: '9.0.0', version: { major: 8, minor: 2, micro: 50 } })
    expect(labelOf('latest', 'sparc')).toBe('5.1.0')
  })

  it('takes the nearest older one between two, and says so', () => {
    const { build, diagnostics } = chooseBuild('x86_64', '8.2.1')
    expect(build?.label).toBe('8.2.0')
    expect(diagnostics).toMatchObject([{ code: 'capabilities/nearest-older', severity: 'info' }])
    expect(diagnostics[0]?.message).toContain('8.2.0')
    expect(labelOf('99.0')).toBe('9.0.0')
  })

  it('says label and reported version', () => {
    expect(describeBuild(chooseBuild('x86_64').build!)).toBe('9.0.0 (reports 8.2.50)')
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
  it('are under 1 MB together', () => {
    const folder = new URL('builtin/', import.meta.url)
    const sizes = readdirSync(folder).map((name) => statSync(new URL(name, folder)).size)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_000_000)
  })

  it('fit the JSON Schema of a capability file', async () => {
    for (const { table } of await Promise.all(builtinBuilds.map(loadBuiltin))) {
      const { capabilities, diagnostics } = readCapabilities(printCapabilities(table))
      expect(diagnostics).toEqual([])
      expect(capabilities?.table).toEqual(table)
    }
  })

  it('know a VF token in five builds', async () => {
    const tables = await Promise.all(builtinBuilds.map(loadBuiltin))
    const builds = tables.filter((table) => table.has('vfio-pci.vf-token')).map(({ label, arch }) => `${label} ${arch}`)
    expect(builds).toEqual(['8.2.0 aarch64', '8.1.0 s390x', '8.1.0 x86_64', '8.2.0 x86_64', '9.0.0 x86_64'])
  })

  it('lend no host CPU', async () => {
    const table = await loadBuiltin(chooseBuild('x86_64').build!)
    expect(table.recordedOn).toBe('elsewhere')
    expect(accelerators.map((accelerator) => table.hostCpu(accelerator))).toEqual([undefined, undefined, undefined])
    expect(new Set(table.cpuModels('kvm').map(({ usable }) => usable))).toEqual(new Set(['unknown']))
  })
})

describe.skipIf(skippedWithoutShared('built-in tables against their recordings'))('a built-in table', () => {
  it.each(builtinBuilds)('$label $arch $variant is what its recording shows', async (build) => {
    const variant = build.variant === undefined ? '' : `+${build.variant}`
    const file = `${shared}/corpus/qemucapabilitiesdata/caps_${build.label}_${build.arch}${variant}.replies`
    const dialogue = dialogueOfRecording(readFileSync(file, 'utf8'))
    const recorded = derive(dialogue, { hvf: build.variant === 'hvf' }, build.label).capabilities!.table
    const { accelerators: ofRecorded, ...expected } = recorded
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
  })
})
