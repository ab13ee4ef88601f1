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

describe.skipIf(skippedWithoutShared("libvirt's recorded capability tables"))('recorded tables', () => {
  const folder = `${shared}/corpus/qemucapabilitiesdata`
  const files = shared === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith('.xml'))

  it.each(files)('%s is read whole', (name) => {
    const text = readFileSync(`${folder}/${name}`)
    const { capabilities, diagnostics } = loadLibvirtCapabilities(text, name.split('_')[1])
    expect(diagnostics).toEqual([])
    const count = (element: string) => text.toString().split(`<${element} `).length - 1
    const tables = Object.values(capabilities?.table.accelerators ?? {})
    expect(capabilities?.flags.size).toBe(count('flag'))
    expect(tables.flatMap((table) => table.machines).length).toBe(count('machine'))
    expect(tables.flatMap((table) => table.cpuModels).length).toBe(count('cpu'))
    expect(tables.flatMap((table) => table.hostCpu?.properties ?? []).length).toBe(count('property'))
    expect(capabilities?.gic.length).toBe(count('gic'))
  })
})
