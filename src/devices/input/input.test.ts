import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const inputsOf = (xml: string | undefined) => [...(xml ?? '').matchAll(/<input [^>]*>/g)].map(([text]) => text)

test('the bus where none is given', async () => {
  const { xml } = await guest(
    "<input type='tablet'/><input type='keyboard'/><input type='passthrough'><source evdev='/e'/></input>",
  )
  expect(inputsOf(xml)).toEqual([
    "<input type='tablet' bus='usb'/>",
    "<input type='keyboard' bus='ps2'/>",
    "<input type='passthrough' bus='virtio'>",
    "<input type='mouse' bus='ps2'/>",
    "<input type='keyboard' bus='ps2'/>",
  ])
  const s390 = await guest("<input type='tablet'/>", { arch: 's390x', machine: 's390-ccw-virtio' })
  expect(inputsOf(s390.xml)).toEqual(["<input type='tablet' bus='virtio'>"])
})

// Each line as libvirt 11.3 answered it.
test.each([
  ['', ['keyboard', 'mouse']],
  ["<input type='keyboard' bus='usb'/>", ['mouse']],
  ["<input type='mouse' bus='usb'/>", ['keyboard']],
  ["<input type='tablet' bus='usb'/>", ['keyboard']],
  ["<input type='keyboard' bus='virtio'/><input type='mouse' bus='virtio'/>", ['keyboard', 'mouse']],
  ["<input type='tablet' bus='virtio'/>", ['keyboard', 'mouse']],
  ["<input type='mouse' bus='virtio'/><input type='tablet' bus='usb'/>", ['keyboard']],
])('a screen on pseries brings the USB input that is missing: %s', async (given, added) => {
  const pseries = { arch: 'ppc64', machine: 'pseries' } as const
  const before = given.match(/<input/g)?.length ?? 0
  const { xml } = await guest(`<graphics type='vnc'/>${given}`, pseries)
  const inputs = xml?.match(/<input type='\w+' bus='\w+'/g) ?? []
  expect(inputs.slice(before)).toEqual(added.map((type) => `<input type='${type}' bus='usb'`))
  expect(inputsOf((await guest('', pseries)).xml)).toEqual([])
})

test('QEMU before JSON spells the switches of an event device on', async () => {
  const { options } = await guest("<input type='evdev'><source dev='/e' grab='all' repeat='off'/></input>", {
    qemu: '5.2.0',
  })
  expect(options('-object')).toContain('-object input-linux,id=input0,evdev=/e,repeat=off,grab_all=on')
})

test.each([
  ["<input type='tablet' bus='ps2'/>", 'input/ps2-tablet'],
  ["<input type='mouse' bus='xen'/>", 'input/other-hypervisor'],
  ["<input type='mouse' bus='usb' model='virtio'/>", 'input/model-without-virtio'],
  ["<input type='mouse' bus='virtio' model='virtio-transitional'/>", 'input/transitional'],
  ["<input type='passthrough' model='virtio-non-transitional'><source evdev='/e'/></input>", 'input/transitional'],
  ["<input type='passthrough' bus='usb'><source evdev='/e'/></input>", 'input/passthrough-bus'],
  ["<input type='evdev'/>", 'input/no-evdev'],
  ["<input type='passthrough' bus='virtio'><source/></input>", 'input/no-evdev'],
  ["<input type='mouse' bus='usb'><address type='pci' slot='7'/></input>", 'input/address'],
])('refused: %s', async (xml, code) => {
  expect((await guest(xml)).codes).toEqual([code])
})

test('a host device that is not named, or by an empty name, is left to QEMU', async () => {
  const unnamed = await guest("<input type='passthrough' bus='virtio'/>")
  expect(unnamed.warnings).toContain('input/no-evdev')
  expect(unnamed.devices(/input-host/).join()).not.toContain('evdev')
  const empty = await guest("<input type='passthrough' bus='virtio'><source evdev=''/></input>")
  expect(empty.xml).toContain("<source evdev=''/>")
  expect(empty.devices(/input-host/).join()).toContain('"evdev":""')
})

test('a mouse of PS/2 may have any address, and sits at none', async () => {
  const { codes, xml } = await guest("<input type='mouse' bus='ps2'><address type='ccid'/></input>")
  expect(codes).toEqual([])
  expect(xml).toContain("<address type='ccid' controller='0' slot='0'/>")
})

test('PS/2 where there is none', async () => {
  const { codes } = await guest("<input type='mouse' bus='ps2'/>", { arch: 'aarch64', machine: 'virt' })
  expect(codes).toEqual(['input/no-ps2'])
})

test('a PS/2 device needs PS/2 to be on', async () => {
  const codesOf = async (state: string) =>
    (
      await guest("<input type='mouse' bus='ps2'/>", {
        sections: `<features><ps2 state='${state}'/></features>`,
        release: '11.3',
      })
    ).codes
  expect(await codesOf('off')).toContain('input/ps2-off')
  expect(await codesOf('on')).not.toContain('input/ps2-off')
})
