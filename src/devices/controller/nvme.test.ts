import { describe, expect, test } from 'vitest'
import { type GuestOptions, guest } from '../../../tests/guest.ts'

// Each line as libvirt 12.8 answered it.
const options: GuestOptions = { release: '12.8', qemu: '11.1', machine: 'q35' }
const controller = (inner = '<serial>abc</serial>') => `<controller type='nvme' index='0'>${inner}</controller>`
const disk = (name: string, rest = '', bus = 'nvme') =>
  `<disk type='file'><source file='/${name}'/><target dev='${name}' bus='${bus}'/>${rest}</disk>`

describe('NVMe', () => {
  test('disks are namespaces of the controller that their names say', async () => {
    const { devices, xml, codes } = await guest(controller() + disk('nvme0n3') + disk('nvme0n1'), options)
    expect(codes).toEqual([])
    expect(devices(/nvme/)).toEqual([
      '-device {"driver":"nvme","id":"nvme0","serial":"abc","bus":"pci.1","addr":"0x0"}',
      '-device {"driver":"nvme-ns","bus":"nvme0","nsid":3,"drive":"libvirt-2-storage","id":"nvme0-0-2","bootindex":1}',
      '-device {"driver":"nvme-ns","bus":"nvme0","nsid":1,"drive":"libvirt-1-storage","id":"nvme0-0-0"}',
    ])
    expect(xml).toContain("<address type='drive' controller='0' bus='0' target='0' unit='2'/>")
  })

  test('a serial number of a disk is that of its controller, and of no namespace', async () => {
    const { devices, xml } = await guest(disk('nvme0n1') + disk('nvme0n2', '<serial>xyz</serial>'), options)
    expect(devices(/"nvme"/)[0]).toContain('"id":"nvme0","serial":"xyz"')
    expect(devices(/nvme-ns/).join()).not.toContain('serial')
    expect(xml).toMatch(/<controller type='nvme' index='0'>\s*<serial>xyz<\/serial>/)
  })

  test('options of the driver', async () => {
    const inner = "<serial>a</serial><driver queues='4' ioeventfd='on'/>"
    const { devices } = await guest(controller(inner), options)
    expect(devices(/"nvme"/)[0]).toContain('"serial":"a","num_queues":4,"ioeventfd":true,"bus"')
  })

  test('a namespace on another bus has its number there, and -1 in an alias', async () => {
    const { devices } = await guest(disk('nvme1n3', '', 'sata') + disk('nvme0n1', '', 'virtio'), options)
    expect(devices(/ide-hd/)[0]).toContain('"bus":"ide.2"')
    expect(devices(/virtio-blk/)[0]).toContain('"id":"virtio-disk-1"')
  })

  test.each([
    ['controller/nvme-without-serial', disk('nvme0n1')],
    ['controller/nvme-without-serial', controller('') + disk('nvme0n1')],
    ['controller/nvme-without-serial', controller() + disk('nvme1n1', '<serial/>')],
    ['controller/nvme-serial-differs', controller() + disk('nvme0n1', '<serial>xyz</serial>')],
    ['controller/nvme-serial-differs', disk('nvme0n1', '<serial>a</serial>') + disk('nvme0n2', '<serial>b</serial>')],
    ['controller/scsi-driver-options', controller("<serial>a</serial><driver cmd_per_lun='4'/>")],
    ['disk/target-name', controller() + disk('nvme0n0')],
    ['disk/target-partition', controller() + disk('nvme0n1p2')],
    ['disk/virtio-only', controller() + disk('nvme0n1', '').replace('<source', "<driver queues='2'/><source")],
  ])('%s: %s', async (code, devices) => {
    expect((await guest(devices, options)).codes).toEqual([code])
  })

  test.each([
    ['nvme', 'controller/nvme-unsupported'],
    ['nvme-ns', 'disk/nvme-namespace-unsupported'],
  ] as const)('needs %s', async (flag, code) => {
    const { codes } = await guest(controller() + disk('nvme0n1'), { ...options, capabilities: { remove: [flag] } })
    expect(codes).toEqual([code])
  })

  test('an older release refuses the type, the bus and the name', async () => {
    const older = { ...options, release: '11.3' } as const
    const codesOf = async (devices: string) => (await guest(devices, older)).errors
    expect((await codesOf(controller()))[0]).toMatchObject({
      code: 'value/newer',
      message: expect.stringContaining('11.5'),
    })
    expect((await codesOf(disk('nvme0n1')))[0]?.code).toBe('value/newer')
    expect((await codesOf(disk('nvme0n1', '', 'virtio')))[0]?.code).toBe('disk/target-name')
  })
})
