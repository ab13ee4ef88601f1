import { expect, test } from 'vitest'
import { type GuestOptions, guest } from '../../../../tests/guest.ts'
import type { HostFacts } from '../../../host/facts.ts'

type Descriptor = HostFacts['firmware'][number]['descriptor']

function uefi(name: string, features: string[], more: Partial<Descriptor> = {}, format = 'raw'): Descriptor {
  return {
    'interface-types': ['uefi'],
    mapping: {
      device: 'flash',
      mode: 'split',
      executable: { filename: `/fw/${name}.fd`, format },
      'nvram-template': { filename: `/fw/${name}_VARS.${format === 'raw' ? 'fd' : format}`, format },
    },
    targets: [{ architecture: 'x86_64', machines: ['pc-q35-*', 'pc-i440fx-*'] }],
    features,
    ...more,
  }
}

const list = [
  uefi('compact', ['secure-boot', 'enrolled-keys', 'requires-smm'], {}, 'qcow2'),
  uefi('secure', ['secure-boot', 'enrolled-keys', 'requires-smm', 'acpi-s3']),
  uefi('plain', ['amd-sev']),
]
const firmware = list.map((descriptor, index) => ({ path: `/usr/share/qemu/firmware/${index}.json`, descriptor }))
const acpi = '<features><acpi/></features>'

const efi = (os: string, more: GuestOptions = {}) =>
  guest("<controller type='usb' model='none'/>", {
    machine: 'q35',
    firmware: 'efi',
    os,
    sections: acpi,
    host: { firmware },
    config: { nvramDir: '/nvram' },
    ...more,
  })

const loaderOf = (xml: string | undefined) => xml?.match(/<loader.*>(.*)<\/loader>/)?.[1]

test('an existing guest has a raw firmware, a new one the first that fits', async () => {
  const old = await efi('')
  expect(loaderOf(old.xml)).toBe('/fw/secure.fd')
  expect(old.xml).toContain("<nvram template='/fw/secure_VARS.fd'>/nvram/guest_VARS.fd</nvram>")
  const fresh = await efi('', { abiUpdate: true })
  expect(loaderOf(fresh.xml)).toBe('/fw/compact.fd')
  expect(fresh.xml).toContain("format='qcow2'>/nvram/guest_VARS.qcow2</nvram>")
})

test.each<[string, GuestOptions, string]>([
  ["<loader secure='no'/>", {}, 'plain'],
  ["<firmware><feature enabled='no' name='secure-boot'/></firmware>", {}, 'plain'],
  ['', { sections: "<features><acpi/><smm state='off'/></features>" }, 'plain'],
  ['', { abiUpdate: true, sections: `${acpi}<pm><suspend-to-mem enabled='yes'/></pm>` }, 'secure'],
  ["<loader format='qcow2'/>", {}, 'compact'],
  ["<nvram template='/fw/plain_VARS.fd'/>", {}, 'plain'],
  [
    '',
    {
      sections: `${acpi}<launchSecurity type='sev'><cbitpos>47</cbitpos><reducedPhysBits>1</reducedPhysBits><policy>1</policy></launchSecurity>`,
      capabilities: { add: ['sev-guest'] },
    },
    'plain',
  ],
])('what the domain asks for: %s %o', async (os, more, name) => {
  expect(loaderOf((await efi(os, more)).xml)).toBe(`/fw/${name}.fd`)
})

test('flash devices and Secure Boot', async () => {
  const { lines, options, xml } = await efi('')
  expect(lines.filter((line) => line.includes('pflash1'))).toEqual([
    '-blockdev {"driver":"file","filename":"/nvram/guest_VARS.fd","node-name":"libvirt-pflash1-storage","auto-read-only":true,"discard":"unmap"}',
    '-blockdev {"node-name":"libvirt-pflash1-format","read-only":false,"driver":"raw","file":"libvirt-pflash1-storage"}',
    options('-machine')[0],
  ])
  expect(options('-global')[0]).toBe('-global driver=cfi.pflash01,property=secure,value=on')
  expect(xml).toContain("<smm state='on'/>")
})

test('a guest whose firmware is named gets the facts of its descriptor', async () => {
  const os = "<loader readonly='yes' type='pflash'>/fw/plain.fd</loader>"
  const { xml } = await efi(os, { firmware: undefined } as GuestOptions)
  expect(xml).toContain("<os firmware='efi'>")
  expect(xml).toContain("<feature enabled='no' name='enrolled-keys'/>")
})

test('a firmware nobody describes: its template by the configuration', async () => {
  const os = "<loader readonly='yes' type='pflash'>/own.fd</loader>"
  const own = { firmware: undefined, config: { nvramDir: '/nvram', firmwares: [['/own.fd', '/own_VARS.fd']] } }
  const { xml } = await efi(os, own as unknown as GuestOptions)
  expect(xml).toContain("<nvram template='/own_VARS.fd'>/nvram/guest_VARS.fd</nvram>")
})

test('a file with firmware and variables in one', async () => {
  const os = "<loader readonly='no' type='pflash'>/own.fd</loader>"
  const { lines, xml } = await efi(os, { firmware: undefined } as GuestOptions)
  expect(xml).not.toContain('<nvram')
  expect(lines.find((line) => line.includes('pflash0-format'))).toContain('"read-only":false')
})

test('variables in a file that is spelt like a disk', async () => {
  const os = "<loader readonly='yes' type='pflash'>/own.fd</loader><nvram type='file'><source file='/v.fd'/></nvram>"
  const { lines, xml } = await efi(os, { firmware: undefined } as GuestOptions)
  expect(xml).toContain("<nvram type='file'>\n      <source file='/v.fd'/>")
  expect(lines.some((line) => line.includes('"filename":"/v.fd"'))).toBe(true)
})

test('a BIOS by its path', async () => {
  const { options, xml } = await guest('', { os: '<loader>/bios.bin</loader>' })
  expect(options('-bios')).toEqual(['-bios /bios.bin'])
  expect(xml).toContain("<loader type='rom'>/bios.bin</loader>")
})

test('since 11.3 a BIOS is said to be raw, unless its type stands in the domain', async () => {
  const loaderOf = async (type: string) =>
    (await guest('', { os: `<loader${type}>/bios.bin</loader>`, release: '11.3' })).xml?.match(/<loader.*>/)?.[0]
  expect(await loaderOf('')).toBe("<loader type='rom' format='raw'>/bios.bin</loader>")
  expect(await loaderOf(" type='rom'")).toBe("<loader type='rom'>/bios.bin</loader>")
})

test('no firmware fits: a new guest is refused, an existing one cannot start', async () => {
  const nothing = { host: { firmware: [] } }
  const old = await efi('', nothing)
  expect(old.codes).toEqual(['firmware/none-fits'])
  expect(old.xml).toContain("<os firmware='efi'>")
  const fresh = await efi('', { ...nothing, abiUpdate: true })
  expect(fresh.codes).toEqual(['firmware/none-fits'])
  expect(fresh.xml).toBeUndefined()
})

test.each<[string, GuestOptions, string]>([
  ["<loader stateless='yes'/><nvram>/v</nvram>", {}, 'firmware/stateless-with-variables'],
  ['<nvram>/v</nvram>', { firmware: 'bios' }, 'firmware/bios-has-no-variables'],
  ['', { sections: '' }, 'firmware/uefi-without-acpi'],
  ["<loader readonly='yes' secure='yes' type='pflash'>/own.fd</loader>", { machine: 'pc' }, 'firmware/secure-machine'],
])('refused: %s %o', async (os, more, code) => {
  expect((await efi(os, more)).codes).toContain(code)
})

test.each([
  ["<nvram type='network'/>", ['firmware/variables-without-source']],
  ["<nvram type='network'><source protocol='nbd'/></nvram>", ['source/host-count']],
  ["<nvram type='block'><source/></nvram>", ['source/empty']],
])('variables elsewhere name their place: %s', async (nvram, codes) => {
  const os = `<loader readonly='yes' type='pflash'>/fw/plain.fd</loader>${nvram}`
  expect((await guest('', { os, sections: acpi })).codes).toEqual(codes)
})

test.each([
  ["type='dir'><source dir='/d'/>", '12.8'],
  ["type='volume'><source pool='p' volume='v'/>", '12.8'],
  ["type='block'><source dev='/dev/x'><reservations managed='yes'/></source>", '12.8'],
  ["type='file'><source file='/n'><slices><slice type='storage' offset='0' size='512'/></slices></source>", '12.8'],
  ["type='block'><source dev='/dev/x'><slices><slice type='storage' offset='0' size='512'/></slices></source>", '11.3'],
] as const)('variables are a file, a block device or a network image, whole: %s', async (nvram, release) => {
  const os = `<loader readonly='yes' type='pflash'>/fw/plain.fd</loader><nvram ${nvram}</nvram>`
  expect((await guest('', { os, sections: acpi, release })).codes).toContain('firmware/variables-source')
})

/** Asked of libvirt 11.3 and 12.8. */
test.each([
  ['', "template='/x/v.bin'", '.fd', 'raw', '.fd', 'raw'],
  ['', "template='/x/v.raw'", '.raw', 'raw', '.raw', 'raw'],
  ['', "template='/x/v.qcow2' format='qcow2'", '.fd', 'raw', '.qcow2', 'qcow2'],
  ["format='qcow2'", "template='/x/v.fd'", '.qcow2', 'qcow2', '.qcow2', 'qcow2'],
  ["format='qcow2'", "template='/x/v.fd' templateFormat='raw' format='qcow2'", '.fd', 'raw', '.qcow2', 'qcow2'],
])('variables of a loader %s with %s', async (loader, nvram, end11, format11, end12, format12) => {
  const os = `<loader readonly='yes' type='pflash' ${loader}>/c.fd</loader><nvram ${nvram}/>`
  const shown = async (release: '11.3' | '12.8') => {
    const { xml } = await guest('', { machine: 'q35', os, sections: acpi, abiUpdate: true, release })
    return /<nvram.* format='(\w+)'>.*_VARS(\.\w+)</.exec(xml ?? '')?.slice(1)
  }
  expect(await shown('11.3')).toEqual([format11, end11])
  expect(await shown('12.8')).toEqual([format12, end12])
})
