import { describe, expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const of = (xml: string, options = {}) => guest('', { sections: `<features>${xml}</features>`, ...options })

test("a bare feature is on, and the printed order is libvirt's own", async () => {
  const { xml } = await of(
    "<vmcoreinfo/><ioapic driver='qemu'/><vmport/><pmu/><pvspinlock/><hap/><pae/><apic eoi='on'/><acpi/>",
  )
  const names = [...(xml ?? '').matchAll(/^ {4}<(\w+)[^\n]*$/gm)].map(([, name]) => name)
  const at = names.indexOf('acpi')
  expect(names.slice(at, at + 9)).toEqual([
    'acpi',
    'apic',
    'pae',
    'hap',
    'pvspinlock',
    'pmu',
    'vmport',
    'ioapic',
    'vmcoreinfo',
  ])
  expect(xml).toContain("<hap state='on'/>")
})

test('properties of the processor', async () => {
  const { options } = await of(`<apic eoi='off'/><pvspinlock state='off'/><pmu state='off'/>
    <hyperv><spinlocks state='on' retries='4096'/><vapic state='off'/><vendor_id state='on' value='a b'/>
      <vpindex state='on'/><synic state='on'/><stimer state='on'><direct state='on'/></stimer></hyperv>
    <kvm><hidden state='on'/><pv-ipi state='off'/></kvm>`)
  expect(options('-cpu')).toEqual([
    '-cpu qemu64,kvm-pv-eoi=off,kvm-pv-unhalt=off,hv-spinlocks=0x1000,hv-vpindex=on,hv-synic=on,hv-stimer=on,' +
      'hv-stimer-direct=on,hv-vendor-id=a b,kvm=off,kvm-pv-ipi=off,pmu=off',
  ])
})

test('Hyper-V as the host has it: what is listed has no say', async () => {
  const { options, xml } = await of("<hyperv mode='passthrough'><relaxed state='on'/></hyperv>")
  expect(options('-cpu')).toEqual(['-cpu qemu64,hv-passthrough=on'])
  expect(xml).not.toContain('<relaxed')
})

test('an enlightenment without what it builds on is told, not refused', async () => {
  const { codes, warnings } = await of("<hyperv><synic state='on'/></hyperv>")
  expect({ codes, warnings }).toEqual({ codes: [], warnings: ['features/hyperv-incomplete'] })
})

describe('since 11.9 an enlightenment needs what it builds on', () => {
  const clock = "<clock><timer name='hypervclock' present='yes'/></clock>"
  const on = (...names: string[]) => names.map((name) => `<${name} state='on'/>`).join('')
  const refused = async (children: string, sections = '') => {
    const asked = { release: '12.8', sections: `<features><hyperv>${children}</hyperv></features>${sections}` } as const
    return (await guest('', asked)).codes.filter((code) => code === 'features/hyperv-needs')
  }
  test.each([
    [on('stimer'), clock],
    [on('synic', 'stimer'), ''],
    [on('synic', 'stimer'), "<clock><timer name='hypervclock' present='no'/></clock>"],
    [on('tlbflush'), ''],
    [on('ipi'), ''],
    [on('evmcs'), ''],
    [`${on('vpindex')}<tlbflush state='on'><direct state='on'/></tlbflush>`, ''],
  ])('refused: %s %s', async (children, sections) => {
    expect(await refused(children, sections)).toEqual(['features/hyperv-needs'])
  })
  test.each([
    [on('synic'), ''],
    [on('synic', 'stimer'), clock],
    [on('vpindex', 'tlbflush', 'ipi'), ''],
    [on('vapic', 'evmcs'), ''],
    [`${on('vpindex')}<tlbflush state='off'><direct state='on'/></tlbflush>`, ''],
    ["<stimer state='off'/>", ''],
  ])('taken: %s %s', async (children, sections) => {
    expect(await refused(children, sections)).toEqual([])
  })

  test('host-model of a host that nobody described is defined, and no command line is guessed for it', async () => {
    const sections = "<features><hyperv mode='host-model'/></features>"
    expect((await guest('', { sections, release: '12.8' })).codes).toEqual(['features/hyperv-host-model'])
    expect((await guest('', { sections, release: '11.3' })).codes).toEqual(['value/newer'])
  })

  test('host-model refuses what is named without what it builds on', async () => {
    const sections = `<features><hyperv mode='host-model'>${on('evmcs')}</hyperv></features>`
    expect((await guest('', { sections, release: '12.8' })).codes).toContain('features/hyperv-needs')
  })
})

test('the size of the tseg prints in its largest unit and as MiB', async () => {
  const { options, xml } = await of("<smm><tseg unit='KiB'>2097152</tseg></smm>", { machine: 'q35' })
  expect(xml).toContain("<tseg unit='GiB'>2</tseg>")
  expect(options('-global')[0]).toBe('-global mch.extended-tseg-mbytes=2048')
})

test('accelerators', async () => {
  const cache = await of("<tcg><tb-cache unit='MiB'>128</tb-cache></tcg>")
  expect(cache.options('-accel')).toEqual(['-accel tcg,tb-size=128'])
  expect(cache.xml).toContain("<tb-cache unit='KiB'>131072</tb-cache>")
  const ring = await of("<kvm><dirty-ring state='on' size='4096'/></kvm>", { type: 'kvm' })
  expect(ring.options('-accel')).toEqual(['-accel kvm,dirty-ring-size=4096'])
})

test('-no-acpi where QEMU does not tell which machines have ACPI', async () => {
  const old = await of('<pae/>', { qemu: '5.2.0' })
  expect(old.options('-no-acpi')).toHaveLength(1)
  expect(old.options('-machine')[0]).not.toContain('acpi')
  expect((await of('<acpi/>', { qemu: '5.2.0' })).options('-no-acpi')).toHaveLength(0)
  expect((await of('<pae/>')).options('-machine')[0]).toContain(',acpi=off')
})

test.each([
  ['<bogus/>', 'features/unknown'],
  ['<htm/>', 'features/missing-state'],
  ["<hyperv><spinlocks state='on' retries='100'/></hyperv>", 'features/hyperv-retries'],
  ["<hyperv><vendor_id state='on'/></hyperv>", 'features/hyperv-vendor'],
  ["<kvm><dirty-ring state='on' size='1000'/></kvm>", 'features/dirty-ring-size'],
  ['<gic/>', 'features/wrong-machine'],
  ["<hpt resizing='enabled'/>", 'features/wrong-machine'],
  ['<smm><tseg>8</tseg></smm>', 'features/tseg-machine'],
  ['<tcg><tb-cache>100</tb-cache></tcg>', 'features/tb-cache-size'],
])('refused: %s', async (xml, code) => {
  expect((await of(xml)).codes).toEqual([code])
})

test('a cache of translated code needs translation', async () => {
  expect((await of('<tcg><tb-cache>1024</tb-cache></tcg>', { type: 'kvm' })).codes).toEqual(['features/tcg-only'])
})

test('features that say nothing are not printed', async () => {
  const { xml } = await guest('', {
    sections: "<features><capabilities policy='default'/><tcg><tb-cache>0</tb-cache></tcg><hpt/></features>",
  })
  expect(xml).not.toContain('<features>')
})

test.each([
  ['<pvspinlock/>', 'aarch64'],
  ["<hyperv><relaxed state='on'/></hyperv>", 's390x'],
] as const)('%s is none of %s', async (feature, arch) => {
  const machine = arch === 'aarch64' ? 'virt' : 's390-ccw-virtio'
  const { codes } = await guest('', { sections: `<features>${feature}</features>`, arch, machine })
  expect(codes).toContain('features/wrong-machine')
})

describe('what an enlightenment of Hyper-V builds on', () => {
  test.each([
    ['synic', 'vpindex'],
    ['tlbflush', 'vpindex'],
    ['ipi', 'vpindex'],
    ['evmcs', 'vapic'],
  ])('%s: %s', async (name, needed) => {
    const found = async (more: string, release: '11.3' | '12.8') => {
      const { conversion } = await of(`<hyperv mode='custom'>${more}<${name} state='on'/></hyperv>`, { release })
      return conversion.diagnostics.filter(({ code }) => code.startsWith('features/hyperv'))
    }
    const lack = { message: expect.stringContaining(`<${needed}>`), hint: expect.stringContaining(`<${needed} state`) }
    expect(await found('', '11.3')).toEqual([expect.objectContaining({ ...lack, severity: 'warning' })])
    expect(await found('', '12.8')).toEqual([
      expect.objectContaining({ ...lack, severity: name === 'synic' ? 'warning' : 'error' }),
    ])
    for (const release of ['11.3', '12.8'] as const) {
      expect(await found(`<${needed} state='on'/>`, release)).toEqual([])
    }
  })
})

test('the counters of a pseries guest are always there, and print nothing', async () => {
  const power = { arch: 'ppc64', machine: 'pseries' } as const
  expect((await of("<pmu state='off'/>", power)).codes).toContain('features/pmu-always-on')
  expect((await of("<pmu state='on'/>", power)).options('-cpu').join()).not.toContain('pmu')
})

test('a 32-bit Arm emulator is told no version of its interrupt controller: it has version 2', async () => {
  const board = { arch: 'armv7l', machine: 'virt' } as const
  const { xml, options } = await of('', board)
  expect(xml).toContain("<gic version='2'/>")
  expect(options('-machine').join()).not.toContain('gic-version')
  expect((await of("<gic version='3'/>", board)).codes).toEqual(['features/gic-version-unsupported'])
})

test.each(['vmport', 'ps2'])('a microvm has no keyboard controller: no %s', async (feature) => {
  const { codes } = await of(`<${feature} state='on'/>`, { machine: 'microvm', release: '12.8' })
  expect(codes).toContain('features/wrong-machine')
})

test('memory is given back by the last option but the messages', async () => {
  const devices = "<panic model='isa'/><vsock model='virtio'><cid auto='no' address='5'/></vsock>"
  const { lines } = await guest(devices, { sections: "<features><async-teardown enabled='yes'/></features>" })
  expect(lines.at(-2)).toBe('-run-with async-teardown=on')
})

test('Xen’s page tables are not said of devices that are kept from the guest', async () => {
  const shown = async (state: string) => (await of(`<xen><passthrough state='${state}' mode='share_pt'/></xen>`)).xml
  expect(await shown('on')).toContain("mode='share_pt'")
  expect(await shown('off')).toContain("<passthrough state='off'/>")
})
