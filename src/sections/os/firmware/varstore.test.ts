import { describe, expect, test } from 'vitest'
import { type GuestOptions, guest } from '../../../../tests/guest.ts'
import { planned } from '../../../../tests/launch/planned.ts'
import type { HostFacts } from '../../../host/facts.ts'

type Descriptor = HostFacts['firmware'][number]['descriptor']

/** A firmware that is loaded as memory, with or without QEMU's own device for its variables. */
const memory = (name: string, features: string[], template?: string): Descriptor => ({
  'interface-types': ['uefi'],
  mapping: { device: 'memory', filename: `/fw/${name}.fd`, ...(template && { 'uefi-vars': { template } }) },
  targets: [
    { architecture: 'x86_64', machines: ['pc-q35-*'] },
    { architecture: 'aarch64', machines: ['virt-*'] },
  ],
  features,
})

const firmware = [
  memory('plain', []),
  memory('keys', ['secure-boot', 'enrolled-keys', 'host-uefi-vars'], '/fw/keys.json'),
  memory('empty', ['secure-boot', 'host-uefi-vars'], '/fw/empty.json'),
].map((descriptor, index) => ({ path: `/usr/share/qemu/firmware/${index}.json`, descriptor }))

/** As libvirt 12.8 answered with such descriptors. */
const at = (os: string, more: GuestOptions = {}) =>
  guest("<controller type='usb' model='none'/>", {
    machine: 'q35',
    os,
    sections: '<features><acpi/></features>',
    host: { firmware },
    release: '12.8',
    qemu: '11.1.0',
    abiUpdate: true,
    ...more,
  })
const efi = (os: string, more: GuestOptions = {}) => at(os, { firmware: 'efi', ...more })
const rom = "<loader type='rom'>/own.fd</loader>"
const shown = (xml: string | undefined) => xml?.match(/<loader[^>]*>[^<]*<\/loader>|<varstore[^>]*>|<os [^>]*>/g)

test('a device keeps the variables', async () => {
  const { xml, devices, lines } = await at(`${rom}<varstore template='/t.json' path='/v,1.json'/>`)
  expect(shown(xml)).toEqual([
    "<loader type='rom' format='raw'>/own.fd</loader>",
    "<varstore template='/t.json' path='/v,1.json'/>",
  ])
  const device = `-device {"driver":"uefi-vars-x64","jsonfile":"/v,1.json"}`
  expect(devices(/uefi-vars/)).toEqual([device])
  expect(lines[lines.indexOf(device) - 1]).toBe('-bios /own.fd')
})

test('other boards have one without PCI', async () => {
  const { devices } = await at(`${rom}<varstore path='/v'/>`, { arch: 'aarch64', machine: 'virt', sections: '' })
  expect(devices(/uefi-vars/)).toEqual([`-device {"driver":"uefi-vars-sysbus","jsonfile":"/v"}`])
})

test.each([
  [`${rom}<varstore/>`, "<varstore path='/var/lib/libvirt/qemu/varstore/guest.json'/>"],
  [`${rom}<varstore template='' path=''/>`, "<varstore template='' path=''/>"],
  ["<varstore template='/t'/>", "<varstore template='/t'/>"],
])('its file is named after the guest: %s', async (os, varstore) => {
  const { xml, codes } = await at(os)
  expect(codes).toEqual([])
  expect(xml).toContain(varstore)
})

describe('a firmware of the host', () => {
  const chosen = async (os: string, choose = efi) => {
    const { xml, codes } = await choose(os)
    return codes.length > 0 ? codes : shown(xml)?.map((it) => /\/fw\/\w+\.\w+/.exec(it)?.[0] ?? it)
  }
  const efiOs = "<os firmware='efi'>"

  test.each([
    ['', [efiOs, '/fw/plain.fd']],
    ["<loader stateless='no'/>", [efiOs, '/fw/keys.fd', '/fw/keys.json']],
    ["<loader stateless='yes'/>", [efiOs, '/fw/plain.fd']],
    ['<varstore/>', [efiOs, '/fw/keys.fd', '/fw/keys.json']],
    ["<loader type='rom' format='qcow2'/><varstore/>", [efiOs, '/fw/keys.fd', '/fw/keys.json']],
    ["<varstore template='/fw/empty.json'/>", [efiOs, '/fw/empty.fd', '/fw/empty.json']],
    [
      "<firmware><feature enabled='no' name='enrolled-keys'/></firmware><varstore/>",
      [efiOs, '/fw/empty.fd', '/fw/empty.json'],
    ],
    ["<varstore template='/other.json'/>", ['firmware/none-fits']],
    ["<loader type='pflash'/><varstore/>", ['firmware/two-stores']],
    ['<nvram/>', ['firmware/none-fits']],
  ])('%s', async (os, files) => {
    expect(await chosen(os)).toEqual(files)
  })

  test('is known by its path', async () => {
    expect(await chosen("<loader type='rom'>/fw/empty.fd</loader>", at)).toEqual([
      efiOs,
      '/fw/empty.fd',
      '/fw/empty.json',
    ])
    expect(await chosen("<loader type='rom' stateless='yes'>/fw/empty.fd</loader>", at)).toEqual(['/fw/empty.fd'])
    const old = await at("<loader type='rom'>/fw/empty.fd</loader>", { release: '11.3' })
    expect(old.xml).toContain("<loader type='rom'>/fw/empty.fd</loader>")
  })
})

test.each<[string, GuestOptions, string[]]>([
  [`${rom}<nvram/><varstore/>`, {}, ['firmware/two-stores']],
  ["<loader type='pflash'>/own.fd</loader><varstore/>", {}, ['firmware/two-stores']],
  ['<varstore/>', { firmware: 'bios' }, ['firmware/bios-has-no-variables']],
  ["<loader type='rom' stateless='yes'>/own.fd</loader><varstore/>", {}, ['firmware/stateless-with-variables']],
  [`${rom}<varstore/>`, { qemu: '9.0.0' }, ['firmware/varstore-unsupported']],
  ["<loader type='rom' readonly='no'>/own.fd</loader>", {}, ['firmware/rom-writable']],
  ["<loader type='rom' format='qcow2'>/own.fd</loader>", {}, ['firmware/rom-format']],
  ['<nvram>/v.fd</nvram>', {}, ['firmware/missing-path']],
])('refused: %s', async (os, more, codes) => {
  expect((await at(os, more)).codes).toEqual(codes)
})

test('what is said of a ROM that is named', async () => {
  const old = { release: '11.3', qemu: '10.0.0' } as const
  for (const os of [
    "<loader type='rom' readonly='no'>/own.fd</loader>",
    "<loader type='rom' format='qcow2'>/own.fd</loader>",
  ]) {
    expect((await at(os, old)).codes).toEqual([])
  }
  const kept = "<loader type='rom' stateless='no'>/own.fd</loader>"
  expect((await at(kept, old)).codes).toEqual(['firmware/bios-has-no-variables'])
  expect((await at(kept)).codes).toEqual([])
  const { xml, codes, lines } = await at(`${rom}<nvram>/v.fd</nvram>`)
  expect(codes).toEqual([])
  expect(xml).toContain('<nvram>/v.fd</nvram>')
  expect(lines.join()).not.toContain('/v.fd')
  const secure = "<loader type='rom' secure='yes'>/own.fd</loader>"
  const { options } = await at(secure, { sections: "<features><acpi/><smm state='on'/></features>" })
  expect(options('-global').join()).not.toContain('cfi.pflash01')
})

test('libvirt before 12.1 ignores it', async () => {
  const { xml, warnings, devices } = await at(`${rom}<varstore path='/v'/>`, { release: '11.3', qemu: '10.0.0' })
  expect(warnings).toEqual(['element/newer'])
  expect(xml).not.toContain('varstore')
  expect(devices(/uefi-vars/)).toEqual([])
})

test("started without libvirt, it is made from its template in the user's own folder", async () => {
  const own = '/var/lib/libvirt/qemu/varstore/guest.json'
  const { files, options } = await planned('', {
    qemu: '11.1.0',
    os: `${rom}<varstore template='/t.json' path='${own}'/>`,
  })
  expect(files.map(({ path, content }) => ({ path, content }))).toContainEqual({
    path: '/s/varstore/guest.json',
    content: { kind: 'copy', of: '/t.json' },
  })
  expect(options('-device')).toContain('{"driver":"uefi-vars-x64","jsonfile":"/s/varstore/guest.json"}')
})
