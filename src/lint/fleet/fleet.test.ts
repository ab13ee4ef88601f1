import { describe, expect, test } from 'vitest'
import { facts } from '../../vfio/preflight/testing.ts'
import { tokenA, tokenB } from '../../vfio/testing.ts'
import { inspect } from '../inspect.ts'
import { guest, options } from '../testing.ts'
import { fleetFindings } from './rules.ts'

const named = (name: string, devices: string, more = '') =>
  guest({ devices, top: more }).replace('<name>guest</name>', `<name>${name}</name>`)

/** `file:line code` of every clash between two guests with these devices. */
async function clashes(first: string, second: string) {
  const files = await Promise.all([
    inspect(first, { ...options('a.xml'), fleet: true }),
    inspect(second, { ...options('b.xml'), fleet: true }),
  ])
  const found = fleetFindings(files, undefined)
  return [...found].flatMap(([file, list]) => list.map(({ place, code }) => `${file}:${place?.line} ${code}`))
}

const both = (line: number, code: string) => [`a.xml:${line} ${code}`, `b.xml:${line} ${code}`]
const devices = (text: string) => clashes(named('a', `    ${text}\n`), named('b', `    ${text}\n`))

describe('what two guests cannot both have is told in both files', () => {
  test.each([
    ['a MAC address', "<interface type='user'><mac address='52:54:00:AA:00:01'/></interface>", 'fleet/mac'],
    ['an image', "<disk type='file'><source file='/a.img'/><target dev='vda' bus='virtio'/></disk>", 'fleet/image'],
    [
      'a block device',
      "<disk type='block'><source dev='/dev/a'/><target dev='vda' bus='virtio'/></disk>",
      'fleet/image',
    ],
    ['a context id', "<vsock><cid auto='no' address='7'/></vsock>", 'fleet/vsock-cid'],
    ['a port', "<graphics type='vnc' port='5901'/>", 'fleet/port'],
    [
      'a host device',
      "<hostdev mode='subsystem' type='pci'><source><address bus='3' slot='0' function='1'/></source></hostdev>",
      'fleet/hostdev',
    ],
  ])('%s', async (_, text, code) => {
    expect(await devices(text)).toEqual(both(6, code))
  })

  test('a name, a UUID, an NVRAM file', async () => {
    expect(await clashes(named('a', ''), named('a', ''))).toEqual(both(2, 'fleet/name'))
    const uuid = '  <uuid>7b1a3c52-6f0e-4f4c-9d0c-3a0b7c5f6e21</uuid>\n'
    expect(await clashes(named('a', '', uuid), named('b', '', uuid))).toEqual(both(5, 'fleet/uuid'))
    const nvram = (name: string) =>
      named(name, '', '  <features><acpi/></features>\n').replace(
        '</type>',
        "</type><loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE.fd</loader><nvram>/v.fd</nvram>",
      )
    expect(await clashes(nvram('a'), nvram('b'))).toEqual(both(4, 'fleet/nvram'))
  })
})

describe('and what they can is not', () => {
  test.each([
    ['a CD', "<disk type='file' device='cdrom'><source file='/a.iso'/><target dev='sda' bus='sata'/></disk>"],
    ['an image only read', "<disk type='file'><source file='/a'/><target dev='vda' bus='virtio'/><readonly/></disk>"],
    ['a shared image', "<disk type='file'><source file='/a'/><target dev='vda' bus='virtio'/><shareable/></disk>"],
    ['a port that is chosen', "<graphics type='vnc' port='-1' autoport='yes'/>"],
    ['what libvirt draws', "<interface type='user'/><vsock><cid auto='yes'/></vsock>"],
  ])('%s', async (_, text) => {
    expect(await devices(text)).toEqual([])
  })

  test('one port of two addresses', async () => {
    const screen = (address: string) => `    <graphics type='vnc' port='5901' listen='${address}'/>\n`
    expect(await clashes(named('a', screen('10.0.0.1')), named('b', screen('10.0.0.2')))).toEqual([])
    expect(await clashes(named('a', screen('10.0.0.1')), named('b', screen('0.0.0.0')))).toEqual(both(6, 'fleet/port'))
  })

  test('the guest of a snapshot is the guest itself', async () => {
    const snapshot = `<domainsnapshot>${named('a', '')}</domainsnapshot>`
    expect(await clashes(named('a', ''), snapshot)).toEqual([])
  })
})

describe('tokens of the functions of one card, judged by a host', () => {
  const hostdev = (slot: string, token: string) =>
    `    <hostdev mode='subsystem' type='pci' managed='no'><source><address bus='0x03' slot='${slot}' function='0x0'><vf-token uuid='${token}'/></address></source></hostdev>\n`
  const told = async (second: string) => {
    const files = await Promise.all([
      inspect(named('pf', hostdev('0x00', tokenA)), { ...options('pf.xml'), fleet: true }),
      inspect(named('vf', hostdev('0x10', second)), { ...options('vf.xml'), fleet: true }),
    ])
    const found = fleetFindings(files, facts('vfio-pci'))
    return [...found].flatMap(([file, list]) =>
      list
        .filter(({ severity }) => severity === 'error')
        .map((it) => ({ file, line: it.place?.line, text: JSON.stringify(it) })),
    )
  }

  test('one token: both start', async () => {
    expect(await told(tokenA)).toEqual([])
  })

  test('another token than the card was opened with: told at the device, without the token', async () => {
    const [found, ...others] = await told(tokenB)
    expect(others).toEqual([])
    expect([found?.file, found?.line]).toEqual(['vf.xml', 6])
    expect(found?.text).not.toMatch(new RegExp(`${tokenA}|${tokenB}`))
  })
})
