import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const port = (target: string, model = 'pcie-root-port') => `<controller type='pci' index='0' model='pcie-root'/>
<controller type='pci' index='1' model='pcie-root-port'/>
<controller type='pci' index='2' model='${model}'>${target}</controller>`

test('a root port keeps memory for devices plugged later since 10.3, given in KiB', async () => {
  const xml = port("<target hotplug='off' memReserve='8193'/>")
  const { devices, xml: complete } = await guest(xml, { machine: 'q35', release: '10.3' })
  expect(complete).toContain("hotplug='off' memReserve='8193'/>")
  expect(devices(/"pci\.2"/)[0]).toContain('"hotplug":false,"mem-reserve":8389632,"bus"')
  const older = await guest(xml, { machine: 'q35' })
  expect(older.conversion.diagnostics).toContainEqual(expect.objectContaining({ code: 'attribute/newer' }))
  expect(older.devices(/"pci\.2"/)[0]).not.toContain('mem-reserve')
})

test('other bridges keep none, and nothing is no size', async () => {
  const of = async (xml: string) => (await guest(xml, { machine: 'q35', release: '12.8' })).codes
  expect(await of(port("<target memReserve='8192'/>", 'pcie-to-pci-bridge'))).toContain(
    'controller/target-of-other-model',
  )
  expect(await of(port("<target memReserve='0'/>"))).toHaveLength(1)
})

test.each([
  ['x86_64', 'pc', 0],
  ['x86_64', 'q35', 1],
  ['aarch64', 'virt', 1],
  ['ppc64', 'pseries', 1],
] as const)('no release gives a PCI controller a model: %s %s, index %d', async (arch, machine, index) => {
  const { codes } = await guest(`<controller type='pci' index='${index}'/>`, { arch, machine, release: '11.3' })
  expect(codes).toEqual(['controller/pci-without-model'])
})

test('a switch goes below a root port that is added for it', async () => {
  // Nothing else that would bring a port.
  const alone = "<controller type='usb' model='none'/><memballoon model='none'/>"
  const upstream = `${alone}<controller type='pci' index='1' model='pcie-switch-upstream-port'/>`
  const { codes, devices } = await guest(upstream, { machine: 'q35', release: '11.3' })
  expect(codes).toEqual([])
  expect(devices(/x3130-upstream/)[0]).toMatch(/"bus":"pci\.2","addr":"0x0"/)
  expect(devices(/"id":"pci\.2"/)[0]).toContain('"driver":"pcie-root-port"')
})

test('an empty <target> says nothing', async () => {
  const { xml } = await guest("<controller type='pci' index='0' model='pcie-root'><target/></controller>", {
    machine: 'q35',
  })
  expect(xml).toContain("<controller type='pci' index='0' model='pcie-root'/>")
})
