import { describe, expect, test } from 'vitest'
import { type GuestOptions, guest } from '../../../tests/guest.ts'

// Each line as libvirt 11.3 and 12.8 answered it.
const options: GuestOptions = { release: '12.8', qemu: '11.1', machine: 'q35', sections: '<iothreads>4</iothreads>' }
const scsi = (driver: string, threads = '', rest = '') =>
  `<controller type='scsi' model='virtio-scsi'><driver ${driver}>${threads}</driver>${rest}</controller>`
const list = (...threads: string[]) => `<iothreads>${threads.join('')}</iothreads>`
const thread = (id: number, ...queues: number[]) =>
  `<iothread id='${id}'>${queues.map((queue) => `<queue id='${queue}'/>`).join('')}</iothread>`

describe('I/O threads of a SCSI controller', () => {
  test('share its virtqueues', async () => {
    const devices = scsi("queues='2' cmd_per_lun='3'", list(thread(1, 0), thread(2, 1)))
    const made = await guest(devices, options)
    expect(made.devices(/virtio-scsi/)[0]).toContain(
      '"num_queues":2,"iothread-vq-mapping":[{"iothread":"iothread1","vqs":[0]},{"iothread":"iothread2","vqs":[1]}],"cmd_per_lun":3',
    )
    expect(made.xml).toContain("<iothread id='2'>\n            <queue id='1'/>")
  })

  test('a release before 11.2 ignores the list, and says so', async () => {
    const { devices, warnings } = await guest(scsi('', list(thread(1))), { ...options, release: '10.1' })
    expect(devices(/virtio-scsi/)[0]).not.toContain('iothread')
    expect(warnings).toEqual(['element/newer'])
  })

  test('0 is no thread, an empty list none', async () => {
    const { devices, codes } = await guest(scsi("iothread='0'", '<iothreads/>'), options)
    expect(codes).toEqual([])
    expect(devices(/virtio-scsi/)[0]).not.toContain('iothread')
  })

  test.each([
    ['controller/iothread-twice', scsi("iothread='1'", list(thread(1)))],
    ['controller/iothread-doubled', scsi('', list(thread(1), thread(1)))],
    ['controller/iothread-queues-mixed', scsi("queues='2'", list(thread(1, 0, 1), thread(2)))],
    ['controller/iothread-queues-unknown', scsi('', list(thread(1, 0)))],
    ['controller/iothread-queues', scsi("queues='2'", list(thread(1, 0), thread(2, 2)))],
    ['iothread/unknown', scsi('', list(thread(9)))],
    ['attribute/missing', scsi('', list('<iothread/>'))],
    ['controller/scsi-driver-options', scsi('', list(thread(1))).replace('virtio-scsi', 'lsilogic')],
  ])('%s: %s', async (code, devices) => {
    expect((await guest(devices, options)).codes).toEqual([code])
  })

  test('and none on virtio-mmio', async () => {
    const devices = scsi("iothread='1'", '', "<address type='virtio-mmio'/>")
    const { codes } = await guest(devices, { ...options, arch: 'aarch64', machine: 'virt' })
    expect(codes).toEqual(['controller/iothread-address'])
  })

  test('need a QEMU that has them', async () => {
    const capabilities = { remove: ['virtio-scsi.iothread-mapping'] } as const
    const { codes } = await guest(scsi('', list(thread(1))), { ...options, capabilities })
    expect(codes).toEqual(['controller/iothread-mapping-unsupported'])
  })
})

describe('the driver of any controller', () => {
  test.each(['sata', 'usb', 'pci', 'ccid'])('%s: options of virtio are kept, and print nothing', async (type) => {
    const model = type === 'pci' ? "index='1' model='pcie-root-port'" : type === 'usb' ? "model='qemu-xhci'" : ''
    const devices = `<controller type='${type}' ${model}><driver ats='on'/></controller>`
    const { codes, xml, lines } = await guest(devices, options)
    expect(codes).toEqual([])
    expect(xml).toContain("<driver ats='on'/>")
    expect(lines.join()).not.toContain('ats')
  })

  test.each(["queues='2'", "cmd_per_lun='2'", "max_sectors='2'", "ioeventfd='off'", "iothread='1'"])(
    '%s is refused',
    async (option) => {
      const { codes } = await guest(`<controller type='sata'><driver ${option}/></controller>`, options)
      expect(codes).toEqual(['controller/scsi-driver-options'])
    },
  )

  test("Xen's bus is no controller of QEMU's", async () => {
    const { codes } = await guest("<controller type='xenbus' maxGrantFrames='64'/>", options)
    expect(codes).toEqual(['controller/without-device'])
  })
})

test('the window for memory stands last, and prints ahead of hotplug', async () => {
  const root = `<controller type='pci' index='0' model='pci-root'>
    <pcihole64 unit='KiB'>8</pcihole64><target hotplug='off'/><alias name='ua-root'/></controller>`
  const { xml, options: printed } = await guest(root, { ...options, machine: 'pc' })
  expect(xml).toMatch(/<target hotplug='off'\/>\s*<alias name='ua-root'\/>\s*<pcihole64/)
  expect(printed('-global').map((line) => line.split('.')[1])).toEqual([
    'pci-hole64-size=8K',
    'acpi-root-pci-hotplug=off',
  ])
})

test('an added SCSI controller is like the first one, since 12.8', async () => {
  const devices =
    "<controller type='scsi' index='1' model='virtio-scsi'/><disk type='file'><source file='/a'/><target dev='sda' bus='scsi'/></disk>"
  expect((await guest(devices, options)).xml).toContain("<controller type='scsi' index='0' model='virtio-scsi'>")
  expect((await guest(devices, { ...options, release: '11.3' })).xml).toContain("index='0' model='lsilogic'>")
})

test('the board brings its first USB and SATA controller beside others', async () => {
  const devices = "<controller type='usb' index='1' model='qemu-xhci'/><controller type='sata' index='1'/>"
  const { xml } = await guest(devices, options)
  expect(xml).toContain("<controller type='usb' index='0' model='qemu-xhci'>")
  expect(xml).toContain("<controller type='sata' index='0'>")
})

test('a floppy controller is printed once, where there is a floppy', async () => {
  const controllers = "<controller type='fdc' index='0'/><controller type='fdc' index='1'/>"
  expect((await guest(controllers, options)).devices(/isa-fdc/)).toEqual([])
  const floppy = "<disk type='file' device='floppy'><source file='/f'/><target dev='fda' bus='fdc'/></disk>"
  expect((await guest(controllers + floppy, options)).devices(/isa-fdc/)).toHaveLength(1)
})
