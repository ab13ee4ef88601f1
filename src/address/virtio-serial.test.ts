import { expect, test } from 'vitest'
import { assignVirtioSerial, type VirtioSerialController, type VirtioSerialRequest } from './virtio-serial.ts'

function places(controllers: readonly VirtioSerialController[], requests: readonly Partial<VirtioSerialRequest>[]) {
  const result = assignVirtioSerial(
    controllers,
    requests.map((it, n) => ({ ...it, id: `${n}` })),
  )
  expect(result.problems).toEqual([])
  return {
    created: result.created,
    at: [...result.addresses].sort(([a], [b]) => +a - +b).map(([, it]) => `${it.controller}:${it.port}`),
  }
}

test("the user's ports first, port 0 never, the next controller where one is full", () => {
  const controllers = [{ index: 0, ports: 4 }, { index: 1 }]
  expect(places(controllers, [{}, { controller: 0 }, { controller: 0, port: 1 }, {}, {}])).toEqual({
    created: [],
    at: ['0:2', '0:3', '0:1', '1:1', '1:2'],
  })
})

test('a controller that a device names is added, and a full one grows the next free index', () => {
  expect(places([{ index: 1, ports: 2 }], [{ controller: 2 }, {}, { controller: 1 }])).toEqual({
    created: [0, 2],
    at: ['2:1', '0:1', '1:1'],
  })
  expect(places([{ index: 0, ports: 2 }], [{}, {}])).toEqual({ created: [1], at: ['0:1', '1:1'] })
})

test('a console needs a controller without a port, and may sit on port 0', () => {
  expect(places([], [{ portless: true }])).toEqual({ created: [0], at: [] })
  expect(places([], [{ controller: 0, port: 0, isConsole: true }])).toEqual({ created: [0], at: ['0:0'] })
})

test.each<[string, Partial<VirtioSerialRequest>[], string[]]>([
  ['port-range', [{ controller: 0, port: 4 }], ['0']],
  ['port-range', [{ controller: 0, port: 0 }], ['0']],
  [
    'port-in-use',
    [
      { controller: 0, port: 1 },
      { controller: 0, port: 1 },
    ],
    ['1', '0'],
  ],
  ['no-port', [{ controller: 0 }, { controller: 0 }, { controller: 0 }, { controller: 0 }], ['3']],
])('%s', (code, requests, ids) => {
  const all = requests.map((it, n) => ({ ...it, id: `${n}` }))
  const { problems } = assignVirtioSerial([{ index: 0, ports: 4 }], all)
  expect(problems).toMatchObject([{ code: `address/virtio-serial-${code}`, requests: ids }])
})
