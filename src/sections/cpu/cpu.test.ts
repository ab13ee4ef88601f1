import { describe, expect, it, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'
import { argumentText } from '../../argv/command-line.ts'
import { capabilitiesOf } from '../../capabilities/capabilities.ts'
import { convert } from '../../convert.ts'
import type { HostFacts } from '../../host/facts.ts'
import { genericHost } from '../../host/generic.ts'
import { Release } from '../../release/release.ts'

const models = [
  { name: 'qemu64', type: 'qemu64-x86_64-cpu', usable: 'yes', blockers: [], deprecated: false },
  { name: 'max', type: 'max-x86_64-cpu', usable: 'yes', blockers: [], deprecated: false },
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

const nehalemHost = {
  arch: 'x86_64',
  model: 'Nehalem',
  vendor: 'Intel',
  sockets: 1,
  cores: 1,
  threads: 1,
  features: [],
}

function run(cpu: string, type = 'qemu', hostCpu?: HostFacts['cpu']) {
  const xml = `<domain type='${type}'><name>a</name><uuid>c7a5fdbd-edaf-9455-926a-d65c16db1809</uuid>
    <memory>1048576</memory><vcpu>4</vcpu><os><type machine='pc-q35-9.0'>hvm</type></os>${cpu}
    <devices><memballoon model='none'/></devices></domain>`
  const result = convert(xml, {
    release: Release.of('10.1'),
    capabilities,
    host: { ...genericHost('x86_64'), cpu: hostCpu },
  })
  const args = result.argv?.args.map((argument) => argumentText(argument)) ?? []
  const after = (option: string) => args[args.indexOf(option) + 1]
  return {
    codes: result.diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code),
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

  it('asks for the host where the guest depends on it', () => {
    expect(run("<cpu mode='host-model'/>", 'kvm').codes).toEqual(['host/unknown'])
    expect(run("<cpu match='minimum'><model>Nehalem</model></cpu>", 'kvm').codes).toEqual(['host/unknown'])
    expect(run("<cpu><model>Nehalem</model><feature policy='optional' name='vmx'/></cpu>", 'kvm').codes).toEqual([
      'host/unknown',
    ])
  })

  it("describes the host's CPU, without what does not migrate", () => {
    const cpu = { ...nehalemHost, features: ['vmx', 'invtsc', 'osxsave', 'ds_cpl'] }
    expect(run("<cpu mode='host-model'><feature policy='disable' name='vmx'/></cpu>", 'kvm', cpu).cpu).toBe(
      'Nehalem,vmx=off,ds-cpl=on',
    )
  })

  it('decides optional features by the host', () => {
    const optional = "<feature policy='optional' name='vmx'/><feature policy='optional' name='rtm'/>"
    const cpu = { ...nehalemHost, features: ['vmx'] }
    expect(run(`<cpu><model>Nehalem</model>${optional}</cpu>`, 'kvm', cpu).cpu).toBe('Nehalem,vmx=on,rtm=off')
  })

  it('refuses what the host lacks, has too much, or QEMU has not', () => {
    const codes = (xml: string) => run(xml, 'kvm', { ...nehalemHost, features: ['vmx'] }).codes
    expect(codes("<cpu><model>Nehalem</model><feature name='rtm'/></cpu>")).toEqual(['cpu/host-incompatible'])
    expect(codes("<cpu match='strict'><model>Nehalem</model></cpu>")).toEqual(['cpu/host-incompatible'])
    expect(codes("<cpu check='none'><model fallback='forbid'>Skylake-Client</model></cpu>")).toEqual([
      'cpu/model-unsupported',
    ])
  })

  it('replaces a model that QEMU has not by the nearest', () => {
    expect(run("<cpu check='none'><model>Westmere</model></cpu>").cpu).toMatch(/^Nehalem,.*aes=on/)
  })

  it.each([
    ["<cpu mode='host-passthrough'><cache mode='emulate'/></cpu>", 'cpu/cache-mode'],
    ["<cpu><topology sockets='2' clusters='2' cores='1' threads='1'/></cpu>", 'cpu/topology-unsupported'],
    ["<cpu mode='host-passthrough'><maxphysaddr mode='passthrough' bits='39'/></cpu>", 'cpu/physical-bits'],
    ["<cpu mode='host-model'><maxphysaddr mode='passthrough'/></cpu>", 'cpu/physical-bits-mode'],
  ])('refuses %s', (xml, code) => {
    expect(run(xml, 'kvm', nehalemHost).codes).toContain(code)
  })
})

test.each([
  ['require', 'pconfig=on,cvt16=on,vmx-invept-single-context-noglobals=on'],
  ['disable', 'vmx-invept-single-context-noglobals=off'],
])('features that no recorded QEMU lists, policy %s', async (policy, printed) => {
  const names = ['pconfig', 'cvt16', 'vmx-invvpid-single-context-noglobals', 'vmx-ept-uc']
  const features = names.map((name) => `<feature policy='${policy}' name='${name}'/>`).join('')
  const { options } = await guest('', { sections: `<cpu><model>qemu64</model>${features}</cpu>`, release: '11.3' })
  expect(options('-cpu')).toEqual([`-cpu qemu64,${printed}`])
})

test('what follows from the topology is left to QEMU since 12.8', async () => {
  const sections = "<cpu><model>qemu64</model><feature name='ht'/></cpu>"
  expect((await guest('', { sections, release: '11.3' })).options('-cpu')).toEqual(['-cpu qemu64,ht=on'])
  expect((await guest('', { sections, release: '12.8' })).options('-cpu')).toEqual(['-cpu qemu64'])
})

test('an optional feature of a CPU that passes through is not printed', async () => {
  const cpu =
    "<cpu mode='host-passthrough'><feature policy='optional' name='aes'/><feature policy='disable' name='svm'/></cpu>"
  const { options } = await guest('', { type: 'kvm', sections: cpu })
  expect(options('-cpu')[0]).toMatch(/^-cpu host,(migratable=on,)?svm=off/)
})

it.each(['require', 'disable', 'optional'])('a feature without a name in libvirt is refused, policy %s', (policy) => {
  const { codes } = run(`<cpu mode='custom'><model>Nehalem</model><feature policy='${policy}' name='sse4.3'/></cpu>`)
  expect(codes).toContain('cpu/unknown-feature')
})

test('addresses are no wider than those of the host', async () => {
  const codes = async (bits: number) => {
    const sections = `<cpu><maxphysaddr mode='emulate' bits='${bits}'/></cpu>`
    return (await guest('', { sections, host: { physicalAddressBits: 46 } })).codes
  }
  expect(await codes(46)).toEqual([])
  expect(await codes(47)).toEqual(['cpu/more-bits-than-host'])
})
