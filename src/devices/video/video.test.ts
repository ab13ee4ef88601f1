import { describe, expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const card = (model: string, rest = '') => `<video>${rest}<model ${model}/></video>`
const modelsOf = (xml: string | undefined) => [...(xml ?? '').matchAll(/<model type=[^>]*>/g)].map(([text]) => text)

test('memory goes up to a power of two, but for the secondary bar in 64-bit space', async () => {
  const { xml } = await guest(card("type='qxl' ram='65537' vram='1' vram64='3' vgamem='16384'"))
  expect(modelsOf(xml)).toEqual([
    "<model type='qxl' ram='131072' vram='1' vram64='3' vgamem='16384' heads='1' primary='yes'/>",
  ])
})

test('the primary card stands first', async () => {
  const { xml, devices } = await guest(card("type='qxl' primary='no'") + card("type='vga' primary='yes'"))
  expect(modelsOf(xml).map((model) => /type='(\w+)'/.exec(model)?.[1])).toEqual(['vga', 'qxl'])
  expect(devices(/"video0"/)[0]).toContain('"driver":"VGA"')
  expect(devices(/"video1"/)[0]).toContain('"driver":"qxl"')
})

test('3D before it had devices of its own', async () => {
  const xml = "<video><model type='virtio'><acceleration accel3d='yes'/></model></video>"
  const { devices } = await guest(xml, { qemu: '5.2.0' })
  expect(devices(/video0/)[0]).toContain('virtio-vga,id=video0,virgl=on,max_outputs=1')
})

test('a machine has its card', async () => {
  const screen = "<graphics type='vnc'/>"
  expect(modelsOf((await guest(screen, { arch: 'aarch64', machine: 'virt' })).xml)[0]).toContain("type='virtio'")
  expect(modelsOf((await guest(screen, { arch: 'ppc64', machine: 'pseries' })).xml)[0]).toContain("type='vga'")
  expect(modelsOf((await guest(screen)).xml)[0]).toContain("type='cirrus'")
})

test('a virtio card without VGA takes the options, one with VGA does not', async () => {
  const virtio = card("type='virtio'", "<driver iommu='on'/>")
  const { devices } = await guest(virtio + virtio)
  expect(devices(/video0/)[0]).toContain('{"driver":"virtio-vga","id":"video0"')
  expect(devices(/video1/)[0]).toContain('{"driver":"virtio-gpu-pci","iommu_platform":true,"id":"video1"')
})

test('a helper program is found by its descriptor', async () => {
  const xml = `<video><driver name='vhostuser'/><model type='virtio'><acceleration accel3d='yes'/></model></video>`
  const program = (features: string[]) => [
    { path: '/usr/share/qemu/vhost-user/50.json', descriptor: { type: 'gpu', binary: '/bin/gpu', features } },
  ]
  const with3d = await guest(xml, { host: { vhostUser: program(['virgl']) as never } })
  expect(with3d.options('-chardev').some((line) => line.includes('id=chr-vu-video0'))).toBe(true)
  const without = await guest(xml, { host: { vhostUser: program([]) as never } })
  expect(without.codes).toEqual(['video/no-helper'])
  expect(without.xml).toBeDefined()
})

test.each([
  ["type='gop'", 'video/other-hypervisor'],
  ["type='vga' blob='on'", 'video/blob'],
  ["type='qxl' vgamem='512'", 'video/memory-too-small'],
  ["type='qxl' vgamem='9000'", 'video/not-power-of-two'],
  ["type='qxl' ram='8388608'", 'video/memory-too-large'],
])('a card that cannot be: %s', async (model, code) => {
  expect((await guest(card(model))).codes).toEqual([code])
})

test('acceleration that cannot be', async () => {
  const accelerated = (type: string, what: string) =>
    guest(`<video><model type='${type}'><acceleration ${what}/></model></video>`)
  expect((await accelerated('virtio', "accel2d='yes'")).codes).toEqual(['video/accel2d'])
  expect((await accelerated('vga', "accel3d='yes'")).codes).toEqual(['video/accel3d'])
  expect((await accelerated('virtio', "rendernode='/dev/dri/x'")).codes).toEqual(['video/rendernode'])
})

test('a second card must be able to be one', async () => {
  expect((await guest(card("type='vga'") + card("type='cirrus'"))).codes).toEqual(['video/not-secondary'])
})

const memfd = { sections: "<memoryBacking><source type='memfd'/></memoryBacking>" }
test.each([
  ["<video><model type='vga' ram='65536'/></video>", {}, ['video/qxl-only']],
  ["<video><model type='virtio' vgamem='65536'/></video>", {}, ['video/qxl-only']],
  ["<video><model type='vga' heads='2'/></video>", {}, ['video/heads']],
  ["<video><model type='virtio' heads='2'/></video>", {}, []],
  ["<video><model type='vga'><resolution x='0' y='600'/></model></video>", {}, ['video/resolution']],
  ["<video><model type='cirrus'><resolution x='800' y='600'/></model></video>", {}, ['video/resolution']],
  ["<video><model type='virtio' blob='on'/></video>", {}, ['video/blob-without-memfd']],
  ["<video><model type='virtio' blob='on'/></video>", memfd, []],
  ["<video><model type='virtio'/><address type='usb' bus='0' port='1'/></video>", {}, ['address/virtio-type']],
])('%s', async (xml, options, codes) => {
  expect((await guest(xml, options)).codes).toEqual(codes)
})

// Each line as libvirt 11.3 answered it.
test.each([
  ['x86_64', 'q35', 'cirrus'],
  ['aarch64', 'virt', 'virtio'],
  ['ppc64', 'pseries', 'vga'],
  ['s390x', 's390-ccw-virtio', 'virtio'],
] as const)('a model without a type is the card of the machine: %s', async (arch, machine, type) => {
  const { xml, codes } = await guest("<graphics type='vnc'/><video><model heads='1'/></video>", { arch, machine })
  expect(codes).toEqual([])
  expect(xml).toContain(`<model type='${type}'`)
})

test('3D is said where it is said, and a card on virtio-mmio is a device of that bus', async () => {
  const plain = await guest(card("type='virtio'"), { qemu: '5.2.0' })
  expect(plain.devices(/video0/)[0]).not.toContain('virgl')
  const mmio = await guest(card("type='virtio'", "<address type='virtio-mmio'/>"), { arch: 'aarch64', machine: 'virt' })
  expect(mmio.devices(/video0/)[0]).toContain('"driver":"virtio-gpu-device"')
})

test('since 12.5 the device of a virtio card is written down', async () => {
  const shown = async (release: '11.3' | '12.8') => modelsOf((await guest(card("type='virtio'"), { release })).xml)[0]
  expect(await shown('11.3')).not.toContain('device=')
  expect(await shown('12.8')).toContain("device='")
})

// Each as libvirt 12.8 answers it.
describe('since 12.8', () => {
  const at = { machine: 'q35', release: '12.8', qemu: '11.1' } as const

  test.each(['cirrus', 'qxl', 'ramfb', 'vmvga'])('a %s card tells of no EDID', async (type) => {
    expect((await guest(card(`type='${type}' edid='off'`), at)).codes).toContain('video/edid')
  })

  test.each(['vga', 'bochs', 'virtio'])('a %s card may', async (type) => {
    expect((await guest(card(`type='${type}' edid='off'`), at)).codes).toEqual([])
  })

  const gl = "<acceleration accel3d='yes'/>"
  const model = (device: string, inner = '') =>
    `<video><model type='virtio' device='${device}'>${inner}</model></video>`
  test.each([
    [model('virtio-gpu'), []],
    [model('virtio-gpu', gl), []],
    [model('virtio-gpu-gl', gl), []],
    [model('virtio-gpu-gl'), ['video/device-accel3d']],
    [model('virtio-vga-gl', "<acceleration accel3d='no'/>"), ['video/device-accel3d']],
    [model('vhost-user-vga'), ['video/device-backend']],
    [model('virtio-gpu') + model('virtio-gpu'), []],
    [model('virtio-gpu') + model('virtio-vga'), ['video/device-secondary']],
  ])('the device of %s is refused with %j', async (devices, codes) => {
    expect((await guest(devices, at)).codes).toEqual(codes)
  })

  test('a helper program has devices of its own, and a board those that its QEMU has', async () => {
    const helper = `<memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>`
    const run = model('virtio-vga').replace('<model', "<driver name='vhostuser'/><model")
    expect((await guest(run, { ...at, sections: helper })).codes).toContain('video/device-backend')
    const codes = async (arch: 'aarch64' | 'ppc64', machine: string) =>
      (await guest(model('virtio-vga'), { arch, machine, release: '12.8', qemu: '11.1' })).codes
    expect(await codes('aarch64', 'virt')).toEqual(['video/device-unsupported'])
  })

  test('the device of another card is forgotten', async () => {
    expect(modelsOf((await guest(card("type='vga' device='virtio-vga'"), at)).xml)[0]).not.toContain('device=')
  })
})

// Libvirt 11.3 and 12.8 answer each so.
test.each([
  ['bochs', 2 ** 31 + 1, 16_384, '"vgamem":16777216'],
  ['bochs', 4_194_303, 4_194_304, '"id":"video0","bus"'],
  ['vga', 2 ** 31, 2 ** 31, '"vgamem_mb":2097152'],
  ['cirrus', 2 ** 32 - 1, 16_384, '"id":"video0","bus"'],
])('sizes of a %s card are counted in 32 bits: %i KiB', async (type, given, kept, printed) => {
  const { xml, devices } = await guest(card(`type='${type}' vram='${given}'`), { machine: 'q35', release: '11.3' })
  expect(modelsOf(xml)[0]).toContain(`vram='${kept}'`)
  expect(devices(/video0/)[0]).toContain(printed)
})

test('blob resources are told before EDID', async () => {
  const { devices } = await guest(card("type='virtio' blob='off' edid='on'"), { release: '12.8', qemu: '11.1.0' })
  expect(devices(/video0/)[0]).toContain('"blob":false,"edid":true')
})
