import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const tablets = (count: number) => "<input type='tablet' bus='usb'/>".repeat(count)

test('ports that run out bring hubs, at a start only', async () => {
  const { xml, devices } = await guest(tablets(4))
  expect(xml).not.toContain('<hub')
  expect(xml).not.toContain("type='usb' bus=")
  expect(devices(/usb-hub/)).toEqual(['-device {"driver":"usb-hub","id":"hub0","bus":"usb.0","port":"1"}'])
  expect(devices(/usb-tablet/)).toHaveLength(4)
})

test('a hub of the guest comes first, and its ports are used', async () => {
  const { devices } = await guest(`${tablets(3)}<hub type='usb'/>`)
  expect(devices(/usb-/).map((line) => /"id":"(\w+)".*"port":"([\d.]+)"/.exec(line)?.slice(1))).toEqual(
    expect.arrayContaining([['hub0', '1']]),
  )
})

test('a wrong port is told at once only where every device has one', async () => {
  const at = (port: string) => `<input type='tablet' bus='usb'><address type='usb' bus='0' port='${port}'/></input>`
  const whole = await guest(at('7'))
  expect(whole.codes).toEqual(['address/usb-port-range'])
  expect(whole.xml).toBeUndefined()
  const part = await guest(at('7') + tablets(1))
  expect(part.codes).toEqual(['address/usb-port-range'])
  expect(part.xml).toBeDefined()
})

test('companions get the ports of their model, and stand behind their master', async () => {
  const of = (model: string) => `<controller type='usb' index='0' model='${model}'/>`
  const { xml, devices } = await guest(of('ich9-uhci3') + of('ich9-uhci1') + of('ich9-ehci1'))
  expect([...(xml ?? '').matchAll(/model='(ich9-\w+)'/g)].map(([, model]) => model)).toEqual([
    'ich9-ehci1',
    'ich9-uhci3',
    'ich9-uhci1',
  ])
  expect(devices(/uhci3/)[0]).toContain('"masterbus":"usb.0","firstport":4')
})

test('a set without indexes is one bus, the next set another', async () => {
  const set = ['ehci1', 'uhci1', 'uhci2'].map((model) => `<controller type='usb' model='ich9-${model}'/>`).join('')
  const { xml } = await guest(set + set)
  expect([...(xml ?? '').matchAll(/type='usb' index='(\d)'/g)].map(([, index]) => index).join('')).toBe('000111')
})

test('only xHCI is told its ports', async () => {
  const of = (model: string) => `<controller type='usb' index='0' model='${model}' ports='8'/>`
  expect((await guest(of('qemu-xhci'))).devices(/xhci/)[0]).toContain('"p2":8,"p3":8')
  expect((await guest(of('none'))).codes).toEqual([])
  const { xml, codes } = await guest(of('piix3-uhci'))
  expect(xml).toContain("ports='8'")
  expect(codes).toEqual(['controller/usb-ports-model'])
  expect((await guest(of('piix3-uhci'), { release: '12.8' })).xml).toBeUndefined()
})

test('a new guest on pseries gets a newer controller than an old one keeps', async () => {
  const pseries = { arch: 'ppc64', machine: 'pseries' } as const
  expect((await guest("<controller type='usb' index='0'/>", pseries)).xml).toContain("model='pci-ohci'")
  const fresh = await guest("<controller type='usb' index='0'/>", { ...pseries, abiUpdate: true })
  expect(fresh.xml).toContain("model='qemu-xhci'")
})

test('a model of another hypervisor', async () => {
  expect((await guest("<controller type='usb' index='0' model='qusb2'/>")).codes).toEqual([
    'controller/usb-other-hypervisor',
  ])
})
