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
