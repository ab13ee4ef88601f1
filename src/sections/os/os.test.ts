import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

test('a kernel of the host, its device tree and an ACPI table', async () => {
  const { options } = await guest('', {
    os: "<dtb>/d</dtb><cmdline>a=b, c</cmdline><initrd>/i,1</initrd><kernel>/k</kernel><acpi><table type='slic'>/a,b</table></acpi>",
  })
  expect(options('-kernel', '-initrd', '-append', '-dtb', '-acpitable')).toEqual([
    '-kernel /k',
    '-initrd /i,1',
    '-append a=b, c',
    '-dtb /d',
    '-acpitable sig=SLIC,file=/a,,b',
  ])
})

test('boot menu and failed boots', async () => {
  const os = "<bios rebootTimeout='-1'/><bootmenu enable='yes' timeout='3000'/>"
  expect((await guest('', { os })).options('-boot')).toEqual([
    '-boot menu=on,reboot-timeout=-1,splash-time=3000,strict=on',
  ])
  expect((await guest('', { os: "<bootmenu enable='no' timeout='3000'/>" })).xml).toContain("<bootmenu enable='no'/>")
})

test('a boot loader of the host is of another hypervisor', async () => {
  const sections = '<bootloader_args>--x</bootloader_args><bootloader>/bin/pygrub</bootloader>'
  expect((await guest('', { sections })).codes).toEqual(['os/bootloader', 'os/bootloader'])
})

test('libvirt reads four boot devices', async () => {
  const os = ['hd', 'cdrom', 'fd', 'network', 'hd'].map((dev) => `<boot dev='${dev}'/>`).join('')
  expect((await guest('', { os })).xml?.match(/<boot /g)).toHaveLength(4)
})

test('the boot entry of the first device', async () => {
  const devices = `<interface type='user'><mac address='52:54:00:00:00:01'/><model type='virtio'/>
    <boot order='1' loadparm='two'/></interface>`
  const { options } = await guest(devices, { arch: 's390x', machine: 's390-ccw-virtio' })
  expect(options('-machine')[0]).toContain(',loadparm=TWO')
})

test('arguments without a kernel are told, not refused', async () => {
  expect(await guest('', { os: '<initrd>/i</initrd>' })).toMatchObject({ codes: [], warnings: ['os/no-kernel'] })
})

test.each([
  [{ arch: 'x86_64', machine: 'pc-i440fx-2.99' }, 'os/machine-unsupported'],
  [{ os: "<boot dev='usb'/>" }, 'os/boot-device'],
  [{ os: "<bios rebootTimeout='70000'/>" }, 'os/reboot-timeout'],
  [{ type: 'hvf' }, 'domain/accelerator-unsupported'],
] as const)('refused: %o', async (options, code) => {
  expect((await guest('', options)).codes).toEqual([code])
})

test('a machine that QEMU does not have is refused at once, with the nearest name', async () => {
  const { errors } = await guest('<disk/>'.replace('<disk/>', ''), { machine: 'pc-q35-8.22' })
  expect(errors).toHaveLength(1)
  expect(errors[0]?.hint).toMatch(/pc-q35-8\.2\?/)
})

test('messages of the BIOS need a serial port', async () => {
  const os = "<bios useserial='yes'/>"
  expect((await guest('', { os })).codes).toEqual(['os/bios-without-serial'])
  const { codes, options } = await guest("<serial type='pty'/>", { os })
  expect(codes).toEqual([])
  expect(options('-machine')[0]).toContain(',graphics=off')
})

test("what a container starts with is said to be another hypervisor's, its root is kept", async () => {
  const { codes, warnings, xml } = await guest('', {
    os: '<init>/bin/sh</init><initarg>x</initarg><root>/dev/x</root>',
  })
  expect(codes).toEqual([])
  expect(warnings).toEqual(['element/other-hypervisor', 'element/other-hypervisor'])
  expect(xml).not.toContain('init')
  expect(xml).toContain('<root>/dev/x</root>')
})
