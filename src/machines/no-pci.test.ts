import { describe, expect, test } from 'vitest'
import { guest } from '../../tests/guest.ts'

const controller = (type: string, model = '') => `<controller type='${type}'${model && ` model='${model}'`}/>`

describe('a board without PCI', () => {
  test.each([
    [controller('sata'), 'pci-unavailable'],
    [controller('scsi', 'virtio-scsi'), 'pci-unavailable'],
    [controller('virtio-serial'), 'pci-unavailable'],
    [controller('usb', 'qemu-xhci'), 'pci-unavailable'],
    [controller('pci', 'pcie-root'), 'pci-wrong-root'],
    [controller('pci', 'pcie-root-port'), 'pci-wrong-root'],
  ])('has no %s (libvirt 12.8 asked)', async (devices, code) => {
    const { codes } = await guest(devices, { machine: 'microvm', release: '12.8' })
    expect(codes).toContain(`address/${code}`)
  })

  test('has its PCI controller all the same where a domain gives it a root, before 12.8', async () => {
    const devices = `${controller('pci', 'pci-root')}<interface type='user'><model type='e1000'/></interface>`
    const older = await guest(devices, { machine: 'microvm', release: '11.3' })
    expect(older.codes).toEqual([])
    expect(older.devices(/net0|usb/)).toEqual([
      expect.stringContaining('"bus":"pci.0","addr":"0x2"'),
      expect.stringContaining('"bus":"pci.0","addr":"0x1"'),
    ])
    const { codes } = await guest(devices, { machine: 'microvm', release: '12.8' })
    expect(codes).toContain('address/pci-wrong-root')
  })
})
