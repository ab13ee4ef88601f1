import { expect, test } from 'vitest'
import { assignUsb, checkUsb, type UsbController, type UsbRequest } from './usb.ts'

const uhci: readonly UsbController[] = [{ index: 0, ports: 2 }]

function requests(...wishes: (Partial<UsbRequest> | 'hub' | string)[]): UsbRequest[] {
  return wishes.map((it, n) => {
    if (it === 'hub') return { id: `${n}`, isHub: true }
    if (typeof it === 'string') return { id: `${n}`, isHub: false, bus: 0, port: it }
    return { isHub: false, ...it, id: `${n}` }
  })
}

function ports(controllers: readonly UsbController[], wishes: readonly UsbRequest[]): string[] {
  const result = assignUsb(controllers, wishes)
  expect(result.problems).toEqual([])
  return wishes.map(({ id }) => `${result.addresses.get(id)!.bus}:${result.addresses.get(id)!.port}`)
}

test('hubs first, then ports of the controller, then those of its hubs', () => {
  const hub = { isHub: true, bus: 0, port: '1' }
  expect(ports(uhci, requests(hub, {}, 'hub', {}, {}))).toEqual(['0:1', '0:1.1', '0:2', '0:1.2', '0:1.3'])
})

test('the next controller where one is full, and only the bus that is named', () => {
  const two = [...uhci, { index: 1, ports: 4 }]
  expect(ports(two, requests({}, {}, {}, { bus: 1 }))).toEqual(['0:1', '0:2', '1:1', '1:2'])
  expect(ports(two, requests({ bus: 1 }, {}))).toEqual(['1:1', '0:1'])
})

test('a hub is added where devices outnumber ports, so that one port stays free', () => {
  const added = (count: number) => assignUsb(uhci, requests(...Array.from({ length: count }, () => ({})))).hubs
  expect(added(2)).toEqual([])
  expect(added(3)).toEqual([{ id: 'added-usb-hub-0', address: { bus: 0, port: '1' } }])
  expect(added(8)).toHaveLength(1)
  expect(added(9)).toHaveLength(2)
  expect(ports(uhci, requests({}, {}, {}, {}))).toEqual(['0:2', '0:1.1', '0:1.2', '0:1.3'])
})

test('hubs of hubs, given in any order', () => {
  const hub = (port: string) => ({ isHub: true, bus: 0, port })
  expect(ports(uhci, requests('1.2.1', hub('1.2'), hub('1')))).toEqual(['0:1.2.1', '0:1.2', '0:1'])
})

test.each<[string, UsbRequest[], string[]]>([
  ['port-in-use', requests('1', { isHub: true, bus: 0, port: '1' }), ['0', '1']],
  ['no-hub', requests('1.2.3'), ['0']],
  ['port-range', requests('3'), ['0']],
  ['port-range', requests({ isHub: true, bus: 0, port: '1' }, '1.9'), ['1']],
  ['bad-port', requests('1.x'), ['0']],
  ['bad-port', requests('1.1.1.1.1'), ['0']],
  ['no-bus', requests({ bus: 1, port: '1' }), ['0']],
])('%s when it is defined', (code, wishes, ids) => {
  expect(checkUsb(uhci, wishes).problems).toMatchObject([{ code: `address/usb-${code}`, requests: ids }])
})

test('what has no port is looked at when the domain starts, not before', () => {
  const wishes = requests({ bus: 1 })
  expect(checkUsb(uhci, wishes).problems).toEqual([])
  expect(checkUsb(uhci, wishes).addresses.size).toBe(0)
  expect(assignUsb(uhci, wishes).problems).toMatchObject([{ code: 'address/usb-no-bus', requests: ['0'] }])
})

test('a full bus that is named, and no bus at all', () => {
  const full = requests('1', '2', { bus: 0, isHub: true })
  expect(assignUsb([...uhci, { index: 1, ports: 9 }], full).problems).toMatchObject([{ code: 'address/usb-no-port' }])
  expect(assignUsb([], requests({})).problems).toMatchObject([{ code: 'address/usb-no-port', requests: ['0'] }])
})
