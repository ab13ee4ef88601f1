import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { shared, skippedWithoutShared } from '../../tests/shared.ts'
import { loadLibvirtCapabilities } from './load-libvirt.ts'

const small = `<qemuCaps>
  <flag name='kvm'/>
  <flag name='VGA'/>
  <version>8002050</version>
  <package>v8</package>
  <arch>x86_64</arch>
  <hostCPU type='kvm' model='base' migratability='yes'>
    <property name='sse' type='boolean' value='true' migratable='yes'/>
    <property name='min-xlevel' type='number' value='2147483681'/>
    <property name='model-id' type='string' value='A CPU    '/>
  </hostCPU>
  <cpu type='kvm' name='EPYC' typename='EPYC-x86_64-cpu' usable='no'>
    <blocker name='sha-ni'/>
  </cpu>
  <machine type='kvm' name='pc-i440fx-8.2' alias='pc' hotplugCpus='yes' maxCpus='255' default='yes' acpi='yes'/>
  <gic version='3' kernel='yes' emulated='no'/>
  <hypervCapabilities supported='yes'><cap name='relaxed'/></hypervCapabilities>
</qemuCaps>`

describe("libvirt's capability XML", () => {
  it('becomes a table', () => {
    const { capabilities, diagnostics } = loadLibvirtCapabilities(small, '9.0.0')
    expect(diagnostics).toEqual([])
    expect(capabilities?.label).toBe('9.0.0')
    expect(capabilities?.version).toEqual({ major: 8, minor: 2, micro: 50 })
    expect(capabilities?.has('VGA')).toBe(true)
    expect(capabilities?.machine('pc', 'kvm')).toMatchObject({ name: 'pc-i440fx-8.2', isDefault: true, acpi: 'yes' })
    expect(capabilities?.cpuModels('kvm')).toEqual([
      { name: 'EPYC', type: 'EPYC-x86_64-cpu', usable: 'no', blockers: ['sha-ni'], deprecated: false },
    ])
    expect(capabilities?.hostCpu('kvm')).toEqual({
      model: 'base',
      migratability: true,
      properties: [
        { name: 'sse', type: 'boolean', value: true, migratable: true },
        { name: 'min-xlevel', type: 'number', value: 2147483681 },
        { name: 'model-id', type: 'string', value: 'A CPU    ' },
      ],
    })
    expect(capabilities?.gic).toEqual([{ version: '3', kernel: true, emulated: false }])
    expect(capabilities?.hyperv).toEqual(['relaxed'])
  })

  it('takes the reported version for a label where none is given', () => {
    expect(loadLibvirtCapabilities(small).capabilities?.label).toBe('8.2.50')
  })

  it('mentions flags it does not know and goes on', () => {
    const { capabilities, diagnostics } = loadLibvirtCapabilities(small.replace("'VGA'", "'warp'"))
    expect(capabilities?.has('kvm')).toBe(true)
    expect(diagnostics).toMatchObject([
      { code: 'capabilities/unknown-flag', severity: 'info', path: '/qemuCaps/flag[2]' },
    ])
  })

  it.each([
    ['another root', '<domain/>', 'capabilities/not-a-table'],
    ['no version', small.replace(/<version>.*<.version>/, ''), 'capabilities/missing-fact'],
    ['no architecture', small.replace(/<arch>.*<.arch>/, ''), 'capabilities/missing-fact'],
    ['an unknown architecture', small.replace('<arch>x86_64', '<arch>z80'), 'capabilities/bad-value'],
    ['a version that is no number', small.replace('8002050', 'new'), 'capabilities/bad-value'],
    ['an unknown accelerator', small.replace("cpu type='kvm'", "cpu type='warp'"), 'capabilities/bad-value'],
    ['a GIC of the future', small.replace("version='3'", "version='9'"), 'capabilities/bad-value'],
    ['a file cut short', small.slice(0, 300), 'xml/'],
  ])('refuses %s', (_, text, code) => {
    const { capabilities, diagnostics } = loadLibvirtCapabilities(text)
    expect(capabilities).toBeUndefined()
    expect(diagnostics.filter(({ severity }) => severity === 'error')[0]?.code).toContain(code)
  })
})

const fromLibvirt12 = `<qemuCaps>
  <flag name='iommufd'/>
  <selfvers>12008000</selfvers>
  <version>11001003</version>
  <arch>s390x</arch>
  <hostCPU type='tcg' model='gen15a-base' migratability='no'>
    <property name='aen' type='boolean' value='true'/>
    <deprecatedFeatures>
      <property name='bpb'/>
      <property name='te'/>
    </deprecatedFeatures>
  </hostCPU>
  <hypervCapabilities supported='yes'>
    <cap name='stimer'/>
    <cap name='tlbflush'/>
    <stimer_direct>on</stimer_direct>
    <tlbflush_direct>off</tlbflush_direct>
  </hypervCapabilities>
</qemuCaps>`

describe('what newer libvirts write', () => {
  const { capabilities, diagnostics } = loadLibvirtCapabilities(fromLibvirt12)

  it('is no finding', () => {
    expect(diagnostics).toEqual([])
  })

  it('has switches inside enlightenments as text', () => {
    expect(capabilities?.hyperv).toEqual(['stimer', 'tlbflush', 'stimer_direct'])
  })

  it('has deprecated features beside properties', () => {
    expect(capabilities?.hostCpu('tcg')?.properties).toEqual([{ name: 'aen', type: 'boolean', value: true }])
    expect(capabilities?.deprecatedFeatures('tcg')).toEqual(['bpb', 'te'])
  })

  it('counts what every QEMU has, though the file no longer says so', () => {
    expect(capabilities?.has('object.qapified')).toBe(true)
    expect(capabilities?.has('set-action')).toBe(true)
    expect(capabilities?.has('vxhs')).toBe(false)
    const older = loadLibvirtCapabilities(fromLibvirt12.replace('11001003', '6001050')).capabilities
    expect(older?.has('object.qapified')).toBe(false)
  })
})

const files = ['corpus/qemucapabilitiesdata', 'corpus-11.3/qemucapabilitiesdata']
  .concat(['live/libvirt-11.3/capabilities', 'live/libvirt-12.8/capabilities'])
  .flatMap((folder) => {
    if (shared === undefined) return []
    const names = readdirSync(`${shared}/${folder}`).filter((name) => name.endsWith('.xml'))
    return names.map((name) => `${folder}/${name}`)
  })

describe.skipIf(skippedWithoutShared("libvirt's recorded capability tables"))('recorded tables', () => {
  it.each(files)('%s is read whole', (file) => {
    const text = readFileSync(`${shared}/${file}`)
    const { capabilities, diagnostics } = loadLibvirtCapabilities(text)
    expect(diagnostics).toEqual([])
    const count = (element: string) => text.toString().split(`<${element} `).length - 1
    const tables = Object.values(capabilities?.table.accelerators ?? {})
    const written = [...text.toString().matchAll(/<flag name='([^']+)'/g)].map(([, name = '']) => name)
    expect(capabilities?.table.flags.slice(0, written.length)).toEqual(written)
    expect(tables.flatMap((table) => table.machines).length).toBe(count('machine'))
    expect(tables.flatMap((table) => table.cpuModels).length).toBe(count('cpu'))
    const properties = tables.flatMap(({ hostCpu, deprecatedFeatures = [] }) => [
      ...(hostCpu?.properties ?? []),
      ...deprecatedFeatures,
    ])
    expect(properties.length).toBe(count('property'))
    expect(capabilities?.gic.length).toBe(count('gic'))
    expect(capabilities?.hyperv?.length ?? 0).toBe(count('cap'))
  })
})
