import { describe, expect, test } from 'vitest'
import { guest } from '../../tests/guest.ts'
import { Release } from '../release/release.ts'
import { machineOf } from './registry.ts'

const oldest = Release.of('10.1')
const later = Release.of('11.3')

describe('a board is what a release knows of it', () => {
  test.each([
    ['aarch64', 'versatilepb', 'none', 'pci-root'],
    ['ppc64', 'mac99', 'none', 'pci-root'],
    ['aarch64', 'realview-pbx-a9', 'none', 'none'],
    ['riscv64', 'virt', 'pcie-root', 'pcie-root'],
  ] as const)('%s %s', (arch, name, before, after) => {
    expect(machineOf(arch, name, oldest).pci.root).toBe(before)
    expect(machineOf(arch, name, later).pci.root).toBe(after)
  })

  test("QEMU's own USB controller is asked for until 11.3", async () => {
    const board = { arch: 'aarch64', machine: 'borzoi', qemu: '8.2.0' } as const
    expect((await guest('', { ...board, release: '10.1' })).lines).toContain('-usb')
    expect((await guest('', { ...board, release: '11.3' })).lines).not.toContain('-usb')
  })

  test('since 11.3 a USB controller without a model, which this QEMU cannot have, is refused at the start', async () => {
    const without = { capabilities: { remove: ['piix3-usb-uhci'] } } as const
    const usb = "<controller type='usb' index='0'/>"
    expect((await guest(usb, { ...without, release: '10.1' })).codes).toEqual([])
    expect((await guest(usb, { ...without, release: '11.3' })).codes).toEqual(['controller/usb-without-model'])
    expect((await guest(usb, { release: '11.3' })).codes).toEqual([])
  })
})

describe('what libvirt 12.8 learned of boards', () => {
  const usb = "<controller type='usb'/>"
  const floppy = "<disk type='file' device='floppy'><source file='/f'/><target dev='fda'/></disk>"
  const asked = async (arch: 'aarch64' | 'armv7l' | 'riscv64' | 'x86_64', machine: string, devices: string) => {
    const both = (['11.3', '12.8'] as const).map((release) =>
      guest(devices, { arch, machine, release, abiUpdate: true }),
    )
    return (await Promise.all(both)).map(
      ({ codes, xml }) => codes[0] ?? /type='usb'.*? model='(.*?)'/.exec(xml ?? '')?.[1],
    )
  }

  test.each(['11.3', '12.8'] as const)(
    'libvirt %s gives the Versatile/PB a card that it misspells',
    async (release) => {
      const { options, devices, xml } = await guest("<interface type='user'/>", {
        arch: 'aarch64',
        machine: 'versatilepb',
        release,
      })
      expect(xml).toContain("<model type='scm91c111'/>")
      const isBoard = release === '12.8'
      expect(devices(/scm91c111/)).toHaveLength(isBoard ? 0 : 1)
      expect(options('-net')).toHaveLength(isBoard ? 1 : 0)
    },
  )

  test.each([
    ['aarch64', 'realview-pbx-a9', '', ['pci-ohci', undefined]],
    ['aarch64', 'realview-pbx-a9', usb, ['qemu-xhci', 'address/pci-unavailable']],
    ['aarch64', 'realview-eb', '', ['pci-ohci', 'qemu-xhci']],
    ['aarch64', 'versatilepb', '', ['pci-ohci', 'qemu-xhci']],
    ['aarch64', 'versatileab', '', [undefined, undefined]],
    ['aarch64', 'vexpress-a9', usb, ['qemu-xhci', 'address/pci-unavailable']],
    ['riscv64', 'virt', usb, ['piix3-uhci', 'qemu-xhci']],
    ['aarch64', 'virt', floppy, [undefined, 'disk/no-floppy']],
    ['x86_64', 'q35', floppy, ['qemu-xhci', 'qemu-xhci']],
  ] as const)('%s %s with %j', async (arch, machine, devices, answers) => {
    expect(await asked(arch, machine, devices)).toEqual(answers)
  })

  test('RISC-V and PCs without PCI have a memory balloon no more', async () => {
    const balloon = async (release: '11.3' | '12.8') =>
      (await guest('', { arch: 'riscv64', machine: 'virt', release })).xml?.includes('<memballoon')
    expect([await balloon('11.3'), await balloon('12.8')]).toEqual([true, false])
    expect((await guest('', { machine: 'microvm', release: '12.8' })).codes).toEqual([])
  })

  test('only a q35 gets a floppy controller by -device', async () => {
    const { devices } = await guest(floppy, { arch: 'aarch64', machine: 'virt', release: '11.3' })
    expect(devices(/fd/)).toHaveLength(1)
  })
})

test.each([
  ['s390-ccw', 's390-ccw-virtio', 'host-model'],
  ['s390-ccw-virtio-2.7', 's390-ccw-virtio', 'host-passthrough'],
  ['s390-ccw-virtio-2.8', 's390-ccw-virtio', 'host-model'],
])('%s on IBM Z', (name, family, mode) => {
  const machine = machineOf('s390x', name, later)
  expect(machine.family).toBe(family)
  expect(machine.hostCpuMode?.(name)).toBe(mode)
})

test.each(['10.1', '11.3', '12.8'] as const)('LoongArch has USB 3 (%s)', async (release) => {
  const board = { arch: 'loongarch64', machine: 'virt', release } as const
  expect((await guest("<controller type='usb'/>", board)).xml).toContain(
    "<controller type='usb' index='0' model='qemu-xhci'>",
  )
})

test('of two boards with one alias the first is meant', async () => {
  const { xml } = await guest('', { arch: 'ppc64', machine: 'powernv', qemu: '10.0.0', release: '11.3' })
  expect(xml).toContain("machine='powernv10'>")
})
