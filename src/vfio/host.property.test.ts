import fc from 'fast-check'
import { expect, test } from 'vitest'
import { featureFlags } from './feature.ts'
import type { Moved, VfioHost } from './host.ts'
import { bindOverridden, cardHost, pf, plain, tokenA, tokenB, vf1, vf2 } from './testing.ts'

const address = fc.constantFrom(pf, pf, vf1, vf1, vf2, plain, '0000:03:10.4')
const driver = fc.constantFrom('vfio-pci', 'ixgbe', 'mlx5_vfio_pci')
const token = fc.constantFrom(undefined, tokenA, tokenA, tokenA, tokenB)
const holder = fc.constantFrom('one', 'one', 'one', 'two')
const { get, set, probe } = featureFlags

/** One request: what it is, where it goes, and how it is made. */
interface Request {
  readonly kind: string
  readonly on: string
  readonly token?: string | undefined
  run(host: VfioHost): Moved
}

const request: fc.Arbitrary<Request> = fc.oneof(
  fc.record({ on: address, driver }).map(({ on, driver: name }) => {
    return { kind: 'bind', on, run: (host: VfioHost) => bindOverridden(host, on, name) }
  }),
  address.map((on) => ({ kind: 'unbind', on, run: (host: VfioHost) => host.unbind(on) })),
  {
    weight: 12,
    arbitrary: fc.record({ on: address, token, holder }).map(({ on, token: given, holder: who }) => {
      return { kind: 'open', on, token: given, run: (host: VfioHost) => host.open(on, who, given) }
    }),
  },
  fc.record({ on: address, token, holder }).map(({ on, token: given, holder: who }) => {
    return { kind: 'open', on, token: given, run: (host: VfioHost) => host.bindIommufd(on, who, { token: given }) }
  }),
  { weight: 4, arbitrary: address.map((on) => ({ kind: 'close', on, run: (host: VfioHost) => host.close(on) })) },
  fc
    .record({
      on: address,
      argsz: fc.constantFrom(4, 8, 24),
      flags: fc.constantFrom(set, set, get, set | get, set | probe, 0, set | 7),
      token: fc.constantFrom(tokenA, tokenB),
    })
    .map(({ on, argsz, flags, token: given }) => {
      return {
        kind: 'set',
        on,
        token: given,
        run: (host: VfioHost) => host.feature(on, { argsz, flags, token: given }),
      }
    }),
  fc.record({ on: address, count: fc.integer({ min: -1, max: 5 }) }).map(({ on, count }) => {
    return { kind: 'configure', on, run: (host: VfioHost) => host.configureSriov(on, count) }
  }),
)

/** VFs of the PF that are open, counted from the devices and not from the counter. */
function openVfs(host: VfioHost): number {
  return host.devices.filter((device) => device.physicalFunction === pf && device.opened).length
}

function judge(before: VfioHost, { host, result }: Moved, asked: Request) {
  const was = before.device(pf)?.vfToken
  const is = host.device(pf)?.vfToken
  const done = result.outcome === 'done'

  // A bind is asked with its override, a PF's token is set before all that stands behind it, and what waits has begun.
  const begun =
    ['open/pf-locked', 'iommufd/second'].includes(result.rule.name) ||
    result.outcome === 'waits' ||
    asked.kind === 'bind'
  if (!done && !begun) expect(host).toBe(before)
  expect(result.errno === undefined).toBe(done || result.outcome === 'waits')

  if (is) expect(is.users).toBe(openVfs(host))
  for (const device of host.devices) if (device.opened) expect(device.opened.count).toBeGreaterThan(0)

  const opensVf = asked.kind === 'open' && before.device(asked.on)?.physicalFunction === pf && was !== undefined
  if (opensVf && done) {
    expect(was.uuid).toBeDefined()
    expect(asked.token).toBe(was.uuid)
  }

  if (was?.uuid !== is?.uuid) {
    const byBind = asked.kind === 'unbind' && asked.on === pf && is === undefined
    const byOpen = asked.kind === 'open' && asked.on === pf && was?.users === 0 && is?.uuid === asked.token
    const bySet = asked.kind === 'set' && asked.on === pf && is?.uuid === asked.token
    const byEnd = asked.kind === 'close' && before.waits && !host.waits && is === undefined
    expect([byBind, byOpen, bySet, byEnd]).toContain(true)
  }
  if (was === undefined && is !== undefined) expect(is.uuid).toBeUndefined()
  expect(is !== undefined).toBe(/vfio[-_]pci$/.test(host.device(pf)?.driver ?? ''))
}

test('no sequence of requests breaks the invariants', () => {
  let opened = 0
  fc.assert(
    fc.property(fc.boolean(), fc.array(request, { maxLength: 60, size: 'max' }), (vfio, requests) => {
      let host = cardHost(vfio ? 'vfio-pci' : 'ixgbe')
      for (const asked of requests) {
        const moved = asked.run(host)
        judge(host, moved, asked)
        opened += moved.result.rule.name === 'vf/opens' ? 1 : 0
        host = moved.host
      }
    }),
    { numRuns: 500 },
  )
  expect(opened).toBeGreaterThan(100)
})
