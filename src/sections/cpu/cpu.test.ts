import { describe, expect, it } from 'vitest'
import { argumentText } from '../../argv/command-line.ts'
import { capabilitiesOf } from '../../capabilities/capabilities.ts'
import { convert } from '../../convert.ts'
import { genericHost } from '../../host/generic.ts'

const models = [
  { name: 'qemu64', type: 'qemu64-x86_64-cpu', usable: 'yes', blockers: [], deprecated: false },
  { name: 'Nehalem', type: 'Nehalem-x86_64-cpu', usable: 'yes', blockers: [], deprecated: false },
] as const

const machine = {
  name: 'pc-q35-9.0',
  maxCpus: 288,
  hotplugCpus: true,
  isDefault: true,
  defaultCpu: 'qemu64-x86_64-cpu',
  numaMemSupported: false,
  deprecated: false,
  acpi: 'yes',
} as const

const capabilities = capabilitiesOf({
  label: 'test',
  version: { major: 9, minor: 0, micro: 0 },
  package: '',
  arch: 'x86_64',
  flags: ['cpu.migratable', 'smp-dies'],
  accelerators: { tcg: { machines: [machine], cpuModels: models }, kvm: { machines: [machine], cpuModels: models } },
  gic: [],
  recordedOn: 'host',
})

function run(cpu: string, type = 'qemu') {
  const xml = `<domain type='${type}'><name>a</name><uuid>c7a5fdbd-edaf-9455-926a-d65c16db1809</uuid>
    <memory>1048576</memory><vcpu>4</vcpu><os><type machine='pc-q35-9.0'>hvm</type></os>${cpu}
    <devices><memballoon model='none'/></devices></domain>`
  const result = convert(xml, { capabilities, host: genericHost('x86_64') })
  const args = result.argv?.args.map((argument) => argumentText(argument)) ?? []
  const after = (option: string) => args[args.indexOf(option) + 1]
  return {
    codes: result.diagnostics.map(({ code }) => code),
    xml: /<cpu[\s\S]*?(<\/cpu>|\/>)/.exec(result.xml ?? '')?.[0],
    cpu: after('-cpu'),
    smp: after('-smp'),
  }
}

describe('cpu', () => {
  it('takes the CPU of the machine type where the XML names none', () => {
    const { xml, cpu } = run('')
    expect(cpu).toBe('qemu64')
    expect(xml).toContain("<cpu mode='custom' match='exact' check='none'>")
    expect(xml).toContain("<model fallback='forbid'>qemu64</model>")
  })

  it('keeps the topology and leaves out what this QEMU does not know', () => {
    expect(run("<cpu><topology sockets='2' cores='2' threads='1'/></cpu>").smp).toBe(
      '4,sockets=2,dies=1,cores=2,threads=1',
    )
  })

  it('asks for no feature that QEMU has no property for', () => {
    const features = "<feature name='osxsave'/><feature name='ds_cpl'/><feature policy='forbid' name='vmx'/>"
    expect(run(`<cpu><model>Nehalem</model>${features}</cpu>`).cpu).toBe('Nehalem,ds-cpl=on,vmx=off')
  })

  it('passes the host through with what migrates', () => {
    expect(run("<cpu mode='host-passthrough'/>", 'kvm').cpu).toBe('host,migratable=on')
    expect(run("<cpu mode='maximum'/>").cpu).toBe('max')
  })

  it('refuses what does not belong together', () => {
    expect(run("<cpu><feature name='vmx'/></cpu>").codes).toEqual(['cpu/features-without-model'])
    expect(run('<cpu><vendor>Intel</vendor></cpu>').codes).toEqual(['cpu/vendor-without-model'])
    expect(run("<cpu mode='host-model' migratable='on'/>").codes).toEqual(['cpu/migratable-mode'])
    expect(run("<cpu><model>Nehalem</model><feature name='vmx'/><feature name='vmx'/></cpu>").codes).toEqual([
      'cpu/feature-twice',
    ])
  })
})
