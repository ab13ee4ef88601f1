import { expect, test } from 'vitest'
import { readXml } from '../../xml/read.ts'
import { tokenA, tokenB } from '../testing.ts'
import { extractDomain } from './extract.ts'

const qemu = "xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'"

function extract(text: string) {
  const { root, diagnostics } = readXml(text)
  if (root === undefined) throw new Error(diagnostics[0]?.message)
  return { text, ...extractDomain(root, 'web.xml') }
}

const hostdev = (inside: string, attributes = '') =>
  `<hostdev mode='subsystem' type='pci'${attributes}>${inside}</hostdev>`
const source = (slot: number, token?: string) => {
  const child = token === undefined ? '' : `<vf-token uuid='${token}'/>`
  return `<source><address domain='0x0' bus='3' slot='0x${slot}' function='0x1'>${child}</address></source>`
}

test('host devices in the order in which libvirt gives them to QEMU', () => {
  const { text, domain, diagnostics } = extract(`<domain ${qemu}><name>web</name><devices>
    ${hostdev(source(10, tokenA.toUpperCase().replaceAll('-', '')), " managed='yes'")}
    <hostdev type='usb'><source><address bus='1' device='2'/></source></hostdev>
    ${hostdev(`<driver name='vfio' model='mlx5_vfio_pci'/>${source(11)}`)}
    <interface type='network'><source network='default'/></interface>
    <interface type='hostdev' managed='no'>${source(12, tokenB).replace('<address ', "<address type='pci' ")}</interface>
  </devices></domain>`)
  expect(diagnostics).toEqual([])
  expect(domain).toMatchObject({ name: 'web', file: 'web.xml', iommufd: undefined })
  expect(
    domain.devices.map(({ span, ...device }) => ({ ...device, at: text.slice(span.start, span.start + 8) })),
  ).toEqual([
    {
      address: '0000:03:12.1',
      token: tokenB,
      managed: false,
      driver: 'vfio-pci',
      throughIommufd: false,
      path: '/domain/devices/interface[2]/source/address',
      at: '<address',
    },
    {
      address: '0000:03:10.1',
      token: tokenA,
      managed: true,
      driver: 'vfio-pci',
      throughIommufd: false,
      path: '/domain/devices/hostdev[1]/source/address',
      at: '<address',
    },
    {
      address: '0000:03:11.1',
      token: undefined,
      managed: false,
      driver: 'mlx5_vfio_pci',
      throughIommufd: false,
      path: '/domain/devices/hostdev[3]/source/address',
      at: '<address',
    },
  ])
})

test.each([
  ['auto', 'hostdev/vf-token-auto'],
  ['00000000-0000-0000-0000-000000000000', 'hostdev/vf-token-zero'],
  ['secret', 'hostdev/vf-token-invalid'],
])('a token that cannot be used is told, without its text: %s', (token, code) => {
  const { diagnostics } = extract(`<domain><devices>${hostdev(source(10, token))}</devices></domain>`)
  expect(diagnostics).toMatchObject([{ code }])
  expect(diagnostics[0]?.message).not.toContain(token)
})

const device = hostdev(source(10))
const commandline = (...args: string[]) =>
  `<qemu:commandline>${args.map((arg) => `<qemu:arg value='${arg}'/>`).join('')}</qemu:commandline>`
const override = (alias: string, name: string) =>
  `<qemu:override><qemu:device alias='${alias}'><qemu:frontend><qemu:property name='${name}' type='string' value='x'/></qemu:frontend></qemu:device></qemu:override>`

test.each([
  ['-object', 'iommufd,id=iommufd0'],
  ['-object', 'qom-type=iommufd,id=iommufd0'],
  ['-object', '{"qom-type":"iommufd","id":"iommufd0"}'],
])('an iommufd object: %s %s', (option, value) => {
  const { text, domain } = extract(
    `<domain ${qemu}><devices>${device}</devices>${commandline('-S', option, value)}</domain>`,
  )
  expect(text.slice(domain.iommufd?.start, domain.iommufd?.end)).toBe(`<qemu:arg value='${value}'/>`)
  expect(domain.devices[0]?.throughIommufd).toBe(false)
})

test.each([
  commandline('-object', 'iommufd2,id=x'),
  commandline('-name', 'iommufd'),
  commandline('-object', 'rng-random,id=iommufd'),
  '<commandline><arg value="-object"/><arg value="iommufd"/></commandline>',
])('none: %s', (inside) => {
  expect(extract(`<domain ${qemu}>${inside}</domain>`).domain.iommufd).toBeUndefined()
})

test.each([
  ['hostdev0', override('hostdev0', 'iommufd'), true],
  ['hostdev0', commandline('-set', 'device.hostdev0.iommufd=iommufd0'), true],
  ['hostdev1', override('hostdev1', 'iommufd'), false],
  ['hostdev0', override('hostdev0', 'x-igd'), false],
  ['ua-nic', override('ua-nic', 'iommufd'), true],
  ['ua-nic', override('hostdev0', 'iommufd'), false],
])('device %s with %s goes through it: %s', (alias, inside, expected) => {
  const aliased = hostdev(`${source(10)}${alias.startsWith('ua-') ? `<alias name='${alias}'/>` : ''}`)
  const { domain } = extract(`<domain ${qemu}><devices>${aliased}</devices>${inside}</domain>`)
  expect(domain.devices[0]?.throughIommufd).toBe(expected)
})
