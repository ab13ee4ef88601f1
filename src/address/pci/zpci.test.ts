import { describe, expect, test } from 'vitest'
import { assignPci } from './assign.ts'
import { at, s390 } from './topologies.fixture.ts'
import type { PciRequest } from './types.ts'

describe('zPCI', () => {
  test("the user's numbers first, then missing halves, then the rest in order", () => {
    const requests: PciRequest[] = [
      { id: 'none', plug: 'pci' },
      { id: 'uid', plug: 'pci', zpci: { uid: 1 } },
      { id: 'fid', plug: 'pci', zpci: { fid: 1 } },
    ]
    const { addresses } = assignPci(s390, requests)
    expect(requests.map(({ id }) => addresses.get(id)!.zpci)).toEqual([
      { uid: 3, fid: 2 },
      { uid: 1, fid: 0 },
      { uid: 2, fid: 1 },
    ])
  })

  test('bridges have them too, behind devices that are numbered first', () => {
    const far = { id: 'far', plug: 'pci', address: at(1, 1) } as const
    expect(assignPci(s390, [far]).controllers[1]!.place!.zpci).toEqual({ uid: 1, fid: 0 })
    const { controllers, addresses } = assignPci(s390, [{ ...far, numberedFirst: true }])
    expect(addresses.get('far')!.zpci).toEqual({ uid: 1, fid: 0 })
    expect(controllers[1]!.place!.zpci).toEqual({ uid: 2, fid: 1 })
  })

  test.each([
    [{ uid: 0 }, 'address/zpci-uid-range'],
    [{ uid: 0x10000 }, 'address/zpci-uid-range'],
    [{ fid: 0x100000000 }, 'address/zpci-fid-range'],
  ])('%o is refused', (zpci, code) => {
    expect(assignPci(s390, [{ id: 'x', plug: 'pci', zpci }]).problems.map((it) => it.code)).toEqual([code])
  })

  test.each([
    [{ uid: 5 }, 'address/zpci-uid-in-use'],
    [{ fid: 0 }, 'address/zpci-fid-in-use'],
  ])('%o twice is refused', (zpci, code) => {
    const { problems } = assignPci(
      s390,
      ['a', 'b'].map((id) => ({ id, plug: 'pci', zpci })),
    )
    expect(problems).toMatchObject([{ code, requests: ['b', 'a'] }])
  })
})
