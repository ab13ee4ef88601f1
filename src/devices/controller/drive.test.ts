import { describe, expect, it, test } from 'vitest'
import { type GuestOptions, guest } from '../../../tests/guest.ts'

const scsi = (model: string, driver = '') =>
  `<controller type='scsi' model='${model}'>${driver && `<driver ${driver}/>`}</controller>`
const disk = (name: string, bus: string, address = '') =>
  `<disk type='file'><source file='/a'/><target dev='${name}' bus='${bus}'/>${address}</disk>`
const place = (text: string) => `<address type='drive' ${text}/>`

describe('controllers of disks are refused', () => {
  const refused: [code: string, devices: string, options: GuestOptions][] = [
    ['controller/ide-single', "<controller type='ide' index='1'/>", {}],
    ['controller/ide-single', disk('hde', 'ide'), {}],
    ['controller/ide-unsupported', disk('hda', 'ide'), { machine: 'q35' }],
    ['controller/scsi-model-unsupported', scsi('buslogic'), {}],
    ['controller/scsi-driver-options', scsi('lsilogic', "queues='4'"), {}],
    ['disk/place', disk('hda', 'ide', place("target='1'")), {}],
    ['disk/place', disk('sda', 'sata', place("bus='1'")), {}],
    ['controller/ide-single', disk('hda', 'ide', place("controller='20'")), {}],
    ['controller/too-many', disk('sda', 'scsi', place("controller='1024'")), {}],
    ['controller/too-many', disk('hda', 'ide', place("controller='102400'")), {}],
    ['controller/too-many', disk('sdzzzzzz', 'scsi'), {}],
    ['address/scsi-place', scsi('lsilogic') + disk('sda', 'scsi', place("target='1'")), {}],
  ]
  it.each(refused)('%s: %s', async (code, devices, options) => {
    const { codes, errors } = await guest(devices, options)
    expect(codes).toEqual([code])
    expect(errors[0]?.span).toBeDefined()
  })
})

describe('I/O threads of a disk', () => {
  const sections = '<iothreads>2</iothreads>'
  const threads = (driver: string, list: string) =>
    `<disk type='file'><driver name='qemu' type='raw' ${driver}><iothreads>${list}</iothreads></driver>
      <source file='/a'/><target dev='vda' bus='virtio'/></disk>`
  const thread = (id: number, ...queues: number[]) =>
    `<iothread id='${id}'>${queues.map((queue) => `<queue id='${queue}'/>`).join('')}</iothread>`

  it('share its virtqueues as the domain says', async () => {
    const { devices } = await guest(threads("queues='3'", thread(1, 0, 2) + thread(2, 1)), { sections })
    expect(devices(/virtio-blk/)[0]).toContain(
      '"iothread-vq-mapping":[{"iothread":"iothread1","vqs":[0,2]},{"iothread":"iothread2","vqs":[1]}]',
    )
  })

  it.each([
    ['disk/iothread-doubled', '', thread(1) + thread(1), {}],
    ['disk/iothread-queues-mixed', "queues='1'", thread(1, 0) + thread(2), {}],
    ['disk/iothread-queues-unknown', '', thread(1, 0), {}],
    ['disk/iothread-queues', "queues='2'", thread(1, 0, 0), {}],
    ['disk/iothread-queues', "queues='2'", thread(1, 0), {}],
    ['disk/iothread-queues', "queues='1'", thread(1, 0) + thread(2, 1), {}],
  ])('%s: %s %s', async (code, driver, list) => {
    expect((await guest(threads(driver, list), { sections })).codes).toEqual([code])
  })
})

// Each line as libvirt 11.3 and 12.8 answered it.
test.each([
  ['aarch64', 'virt', '11.3', 'lsilogic'],
  ['aarch64', 'virt', '12.8', 'virtio-scsi'],
  ['riscv64', 'virt', '11.3', 'lsilogic'],
  ['riscv64', 'virt', '12.8', 'virtio-scsi'],
  ['loongarch64', 'virt', '11.3', 'virtio-scsi'],
  ['x86_64', 'q35', '12.8', 'lsilogic'],
  ['ppc64', 'pseries', '12.8', 'ibmvscsi'],
  ['s390x', 's390-ccw-virtio', '11.3', 'virtio-scsi'],
] as const)('the SCSI controller of %s %s in libvirt %s is %s', async (arch, machine, release, model) => {
  const { xml } = await guest("<controller type='scsi' index='0'/>", { arch, machine, release, qemu: '10.0.0' })
  expect(xml).toContain(`<controller type='scsi' index='0' model='${model}'`)
})

// As libvirt 11.3 and 12.8 answered for mac99, g3beige and ppce500.
test.each([
  ['11.3', 'piix3-uhci'],
  ['12.8', 'pci-ohci'],
] as const)('the USB controller of a 32-bit PowerPC board in libvirt %s is %s', async (release, model) => {
  const { xml } = await guest("<controller type='usb' index='0'/>", {
    arch: 'ppc',
    machine: 'mac99',
    release,
    qemu: '10.0.0',
  })
  expect(xml).toContain(`<controller type='usb' index='0' model='${model}'`)
})

test.each([
  ['q35', 'sata', '0x1f', 2],
  ['pc', 'ide', '0x01', 1],
])('the first drive controller of %s (%s) is in slot %s, function %i, alone', async (machine, type, slot, fn) => {
  const at = (index: number, its: string) =>
    `<controller type='${type}' index='${index}'><address type='pci' slot='${its}' function='${fn}'/></controller>`
  expect((await guest(at(0, slot), { machine })).codes).toEqual([])
  expect((await guest(at(0, '7'), { machine })).codes).toEqual(['controller/drive-board-place'])
})

test('the first PIIX3 USB controller has its place on the board', async () => {
  const at = (index: number, slot: number) =>
    `<controller type='usb' index='${index}' model='piix3-uhci'><address type='pci' slot='${slot}'/></controller>`
  expect((await guest(at(0, 7))).codes).toEqual(['controller/usb-board-place'])
  expect((await guest(at(0, 0))).codes).toEqual([])
  expect((await guest(`<controller type='usb' index='0'/>${at(1, 7)}`)).codes).toEqual([])
})
