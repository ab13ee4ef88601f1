/** What holds for every engine, whatever a user writes: unique, never moved, same again, given back unchanged. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assignCcw } from './ccw.ts'
import { assignDimm } from './dimm.ts'
import type { AddressResult } from './problem.ts'
import { assignSpaprVio } from './spapr-vio.ts'
import { assignUsb } from './usb.ts'
import { assignVirtioSerial } from './virtio-serial.ts'

const small = (max: number) => fc.integer({ min: 0, max })
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })

interface Law<Wish, Address> {
  readonly wish: fc.Arbitrary<Wish>
  /** What the user said; undefined where an address is to be found. */
  readonly given: (wish: Wish) => Address | undefined
  readonly giveBack: (wish: Wish, address: Address) => Wish
  readonly assign: (wishes: (Wish & { id: string })[]) => AddressResult<Address>
}

function laws<Wish extends object, Address>(name: string, { wish, given, giveBack, assign }: Law<Wish, Address>): void {
  const wishes = fc.array(wish, { maxLength: 40 }).map((all) => all.map((it, n) => ({ ...it, id: `${n}` })))
  test(`${name}: unique, never moved, refused by name, deterministic, idempotent`, () => {
    fc.assert(
      fc.property(wishes, (all) => {
        const result = assign(all)
        const keys = [...result.addresses.values()].map((it) => JSON.stringify(it))
        expect(new Set(keys).size).toBe(keys.length)
        const refused = new Set(result.problems.flatMap((problem) => problem.requests))
        for (const it of all) {
          const address = result.addresses.get(it.id)
          if (address === undefined) expect(refused).toContain(it.id)
          else expect(given(it) ?? address).toEqual(address)
        }
        expect(assign(all)).toEqual(result)
        const placed = all.filter((it) => result.addresses.has(it.id))
        const again = assign(placed.map((it) => ({ ...giveBack(it, result.addresses.get(it.id)!), id: it.id })))
        expect(again.problems).toEqual([])
        expect(new Map(again.addresses)).toEqual(new Map(result.addresses))
      }),
    )
  })
}

const ccw = fc.record({ cssid: fc.constantFrom<number>(0, 0xfe, 0xff), ssid: small(4), devno: small(20) })
laws('ccw', {
  wish: fc.record({ address: maybe(ccw) }),
  given: (it) => it.address,
  giveBack: (it, address) => ({ ...it, address }),
  assign: assignCcw,
})

laws('spapr-vio', {
  wish: fc.record({
    reg: maybe(fc.constantFrom<number>(0x1000, 0x2000, 0x2001)),
    firstReg: fc.constantFrom<number>(0x1000, 0x2000),
  }),
  given: (it) => it.reg,
  giveBack: (it, reg) => ({ ...it, reg }),
  assign: assignSpaprVio,
})

laws('dimm', {
  wish: fc.record({ slot: maybe(small(20)) }),
  given: (it) => it.slot,
  giveBack: (it, slot) => ({ ...it, slot }),
  assign: (wishes) => assignDimm(16, wishes),
})

laws('virtio-serial', {
  wish: fc.record({ controller: small(2), port: small(5) }, { requiredKeys: [] }),
  given: ({ controller = 0, port }) => (port === undefined ? undefined : { controller, bus: 0, port }),
  giveBack: (_, { controller, port }) => ({ controller, port }),
  assign: (wishes) => assignVirtioSerial([{ index: 0, ports: 4 }, { index: 1 }], wishes),
})

const path = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 5 }).map((steps) => steps.join('.'))
laws('usb', {
  wish: fc.record({ isHub: fc.boolean(), bus: maybe(small(2)), port: maybe(path) }),
  given: ({ bus = 0, port }) => (port === undefined ? undefined : { bus, port }),
  giveBack: (it, { bus, port }) => ({ ...it, bus, port }),
  // so many ports that no hub is added: such a hub is no request, it could not be given back
  assign: (wishes) => {
    const { addresses, problems, trace } = assignUsb(
      [
        { index: 0, ports: 3 },
        { index: 1, ports: 60 },
      ],
      wishes,
    )
    return { addresses, problems, trace }
  },
})
