import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const with_ = (sections: string, options = {}) => guest("<memballoon model='virtio'/>", { sections, ...options })
const override = (property: string) =>
  with_(
    `<qemu:override><qemu:device alias='balloon0'><qemu:frontend>${property}</qemu:frontend></qemu:device></qemu:override>`,
  )

test('arguments and environment of the user', async () => {
  const { conversion, environment, xml } = await with_(
    "<qemu:commandline><qemu:env name='B'/><qemu:env name='A' value='x'/><qemu:arg value='-foo'/><qemu:arg value='bar'/></qemu:commandline>",
  )
  expect(environment).toMatchObject({ A: 'x', B: '' })
  const words = conversion.argv?.args.map((it) => it.pieces.map(({ text }) => text).join('')) ?? []
  expect(words.slice(words.indexOf('-foo'), words.indexOf('-foo') + 2)).toEqual(['-foo', 'bar'])
  expect(xml).toMatch(/^<domain type='qemu' xmlns:qemu='http:\/\/libvirt.org\/schemas\/domain\/qemu\/1.0'>/)
})

test('the namespace is declared only where something is in it', async () => {
  expect((await with_('<qemu:commandline/>')).xml).toMatch(/^<domain type='qemu'>\n/)
})

test('properties of a device: replaced, added, removed', async () => {
  const { devices } = await override(`<qemu:property name='addr' type='remove'/>
    <qemu:property name='deflate-on-oom' type='bool' value='true'/><qemu:property name='n' type='unsigned' value='3'/>
    <qemu:property name='bus' type='string' value='pci.1'/>`)
  expect(devices(/balloon/)).toEqual([
    '-device {"driver":"virtio-balloon-pci","id":"balloon0","deflate-on-oom":true,"n":3,"bus":"pci.1"}',
  ])
})

test.each([
  ["<qemu:property name='x' type='unsigned' value='-1'/>", 'qemu/override-value'],
  ["<qemu:property name='x' type='bool' value='on'/>", 'qemu/override-value'],
  ["<qemu:property name='x' type='string'/>", 'qemu/override-value'],
  ["<qemu:property name='x' type='float' value='1'/>", 'qemu/override-type'],
])('refused: %s', async (property, code) => {
  expect((await override(property)).codes).toEqual([code])
})

test('capabilities change the command line, not the definition', async () => {
  const plain = await with_('')
  const { devices, warnings, xml } = await with_(
    "<qemu:capabilities><qemu:del capability='device.json+hotplug'/><qemu:add capability='usb-net'/></qemu:capabilities>",
  )
  expect(devices(/balloon/)).toEqual(['-device virtio-balloon-pci,id=balloon0,bus=pci.0,addr=0x2'])
  expect(warnings).toEqual(['qemu/unknown-capability'])
  expect(xml).toContain(plain.xml?.match(/<memballoon.*<\/memballoon>/s)?.[0])
})

test('deprecated input: by the domain, or by the configuration', async () => {
  const own = await with_("<qemu:deprecation behavior='reject'/>")
  expect(own.options('-compat')).toEqual(['-compat {"deprecated-output":"hide","deprecated-input":"reject"}'])
  const general = await with_('', { config: { deprecationBehavior: 'omit' } })
  expect(general.options('-compat')).toEqual(['-compat {"deprecated-output":"hide"}'])
  const old = await with_("<qemu:deprecation behavior='crash'/>", { qemu: '5.2.0' })
  expect(old.options('-compat')).toEqual([])
})

test('the target of a migration', async () => {
  expect((await with_('', { incoming: { uri: 'stdio', fd: 9 } })).options('-incoming')).toEqual(['-incoming fd:9'])
})

test.each([
  ['-x', ['process/emulator-path']],
  ['qemu-system-x86_64', ['process/emulator-path']],
  ['A=b', ['process/emulator-path']],
  ['./qemu', ['process/emulator-path']],
  ['../qemu', ['process/emulator-path']],
  ['~/qemu', ['process/emulator-path']],
  ['$HOME/qemu', ['process/emulator-path']],
  ['if', ['process/emulator-path']],
  [' /qemu', ['process/emulator-path']],
  ['/a=b/if', []],
])('the emulator is an absolute path: %s', async (path, codes) => {
  expect((await guest(`<emulator>${path}</emulator>`)).codes).toEqual(codes)
})

test("the user's environment stands behind that of sound and screens; an empty argument stays", async () => {
  const sections =
    "<qemu:commandline><qemu:arg value='-global'/><qemu:arg value=''/><qemu:env name='NS' value='x'/></qemu:commandline>"
  const devices =
    "<graphics type='sdl' display=':0'/><audio id='1' type='sdl'/><audio id='2' type='pipewire' runtimeDir='/run'/>"
  const { environment, lines } = await guest(devices, { sections })
  expect(Object.keys(environment).at(-1)).toBe('NS')
  expect(lines.some((line) => line === '-global ')).toBe(true)
})

test('a guest that is to wait starts stopped', async () => {
  expect((await with_('')).options('-S')).toEqual(['-S'])
})
