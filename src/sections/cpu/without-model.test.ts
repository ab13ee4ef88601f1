import { describe, expect, test } from 'vitest'
import { type GuestOptions, guest } from '../../../tests/guest.ts'

/** The virt board of QEMU 11.1 names no processor of its own; libvirt 12.8 was asked. */
const arm = { arch: 'aarch64', machine: 'virt', qemu: '11.1.3', release: '12.8' } as const satisfies GuestOptions
const topology = "<topology sockets='1' cores='1' threads='1'/>"

const shown = (xml: string | undefined) => /<cpu[\s\S]*?(?:<\/cpu>|\/>)/.exec(xml ?? '')?.[0].split('\n')[0]

describe('a processor without a model', () => {
  test.each([
    ['<cpu/>', undefined],
    ["<cpu mode='custom' deprecated_features='on'><model fallback='forbid'/></cpu>", undefined],
    [`<cpu match='strict' deprecated_features='on'><model/>${topology}</cpu>`, '<cpu>'],
    ["<cpu match='strict'><model vendor_id='AuthenticAMD'/></cpu>", '<cpu>'],
  ])('%s', async (sections, first) => {
    const { codes, xml } = await guest('', { ...arm, sections })
    expect(codes).toEqual([])
    expect(shown(xml)).toBe(first)
    expect(xml).not.toContain('<model/>')
  })

  test.each([
    ["<cpu check='none'/>", 'cpu/check-without-model'],
    [`<cpu check='full'>${topology}</cpu>`, 'cpu/check-without-model'],
    ["<cpu><cache mode='passthrough'/></cpu>", 'cpu/cache-mode'],
    ["<cpu><maxphysaddr mode='passthrough'/></cpu>", 'cpu/physical-bits-arch'],
    ["<features><pmu state='off'/></features>", 'cpu/switches-without-model'],
    ["<features><hyperv><relaxed state='on'/></hyperv></features>", 'cpu/switches-without-model'],
  ])('%s: %s', async (sections, code) => {
    expect((await guest('', { ...arm, sections })).codes).toEqual([code])
  })
})

test("an empty model is the machine type's, and followed exactly", async () => {
  const sections = "<cpu match='strict' check='full'><model vendor_id='AuthenticAMD'/></cpu>"
  const { xml, options } = await guest('', { sections, release: '12.8' })
  expect(shown(xml)).toBe("<cpu mode='custom' match='exact' check='none'>")
  expect(xml).toContain("<model fallback='forbid' vendor_id='AuthenticAMD'>qemu64</model>")
  expect(options('-cpu')).toEqual(['-cpu qemu64,vendor=AuthenticAMD'])
})

test.each(['maximum', 'host-passthrough'])('%s follows no model, and so no vendor', async (mode) => {
  const sections = `<cpu mode='${mode}'><model>qemu64</model><vendor>Intel</vendor></cpu>`
  expect(shown((await guest('', { sections, release: '12.8' })).xml)).toMatch(/^<cpu mode='[a-z-]+' check='none'.*\/>$/)
})

/** What the host decides is printed as where the mode is written: libvirt reads its own text and prints it again. */
test.each(["<cpu match='exact'><model/></cpu>", "<cpu match='minimum'/>", '<cpu><model></model></cpu>'])(
  'an empty model of a mainframe under KVM is that of the host: %s',
  async (sections) => {
    const s390x = { arch: 's390x', machine: 's390-ccw-virtio', type: 'kvm', sections } as const
    const { codes, xml } = await guest('', s390x)
    // A start asks for the CPU of a host that nobody described.
    expect(codes).toEqual(['host/unknown'])
    expect(shown(xml)).toBe("<cpu mode='host-model' check='partial'/>")
  },
)

test.each(["<cpu match='exact'><model vendor_id='AuthenticAMD'/></cpu>", "<cpu match='exact'><model/></cpu>"])(
  'what is printed of it prints the same again: %s',
  async (sections) => {
    const s390x = { arch: 's390x', machine: 's390-ccw-virtio', type: 'kvm' } as const
    const cpuOf = (xml: string | undefined) => /<cpu[^>]*\/>|<cpu[\s\S]*?<\/cpu>/.exec(xml ?? '')?.[0]
    const printed = cpuOf((await guest('', { ...s390x, sections })).xml)
    expect(printed).not.toContain('match=')
    expect(cpuOf((await guest('', { ...s390x, sections: printed! })).xml)).toBe(printed)
  },
)

test.each([
  ['x86_64', 'pc', '-cpu max,migratable=off'],
  ['aarch64', 'virt', '-cpu max'],
  ['s390x', 's390-ccw-virtio', '-cpu max'],
] as const)('that a guest may be migrated is told to CPUs of x86 alone (%s)', async (arch, machine, cpu) => {
  const { options } = await guest('', { arch, machine, sections: "<cpu mode='maximum' migratable='off'/>" })
  expect(options('-cpu')).toEqual([cpu])
})
