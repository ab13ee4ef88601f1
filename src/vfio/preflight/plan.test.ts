import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PciHostDevice } from '../../host/pci-inventory.ts'
import { pf, plain, tokenA, tokenB, vf1, vf2 } from '../testing.ts'
import { checkDomains } from './check.ts'
import type { VfioDevice, VfioDomain } from './domain.ts'
import type { VfioHostFacts } from './inventory.ts'
import { planStart } from './plan.ts'
import { device, facts, guest } from './testing.ts'

const pfB = '0000:06:00.0'
const vfB = '0000:06:10.0'
const twoCards = facts('vfio-pci', {
  [pfB]: { driver: 'vfio-pci', sriov: { totalVfs: 4, offset: 128, stride: 2 } },
  [vfB]: { driver: 'vfio-pci', physicalFunction: pfB },
})

const names = (domains: readonly VfioDomain[]) => domains.map(({ name }) => name)

test('owners of PFs before their users, over several steps, else as given', () => {
  const plan = planStart(
    [
      guest('last', device(vfB, tokenB)),
      guest('free', device(plain)),
      guest('middle', device(vf1, tokenA), device(pfB, tokenB)),
      guest('first', device(pf, tokenA)),
    ],
    twoCards,
  )
  expect(plan.works).toBe(true)
  expect(names(plan.order)).toEqual(['first', 'middle', 'last', 'free'])
  expect(plan.findings.filter(({ severity }) => severity === 'error')).toEqual([])
})

test('a circle of owners is named', () => {
  const one = guest('one', device(pf, tokenA), device(vfB, tokenB))
  const two = guest('two', device(pfB, tokenB), device(vf1, tokenA))
  const plan = planStart([guest('free', device(plain)), one, two], twoCards)
  expect(plan.works).toBe(false)
  expect(names(plan.order)[0]).toBe('free')
  expect(plan.findings[0]).toMatchObject({ code: 'vfio/plan-circle', severity: 'error' })
  expect(plan.findings[0]?.message).toContain('"one"')
  expect(plan.findings[0]?.message).toContain('"two"')
})

test('the fact that forbids every order is told, without a circle', () => {
  const plan = planStart([guest('web', device(vf1, tokenB)), guest('card', device(pf, tokenA))], facts('vfio-pci'))
  expect(plan.works).toBe(false)
  expect(names(plan.order)).toEqual(['card', 'web'])
  expect(plan.findings.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual([
    'vfio/token-differs',
  ])
})

const permutations = <T>(items: readonly T[]): T[][] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item, index) => permutations(items.filter((_, at) => at !== index)).map((rest) => [item, ...rest]))

const driver = fc.constantFrom('vfio-pci', 'vfio-pci', 'ixgbe', '', undefined)
const host: fc.Arbitrary<VfioHostFacts> = fc
  .record({ drivers: fc.array(driver, { minLength: 6, maxLength: 6 }), shared: fc.boolean(), old: fc.boolean() })
  .map(({ drivers, shared, old }) => {
    const group = shared ? 9 : undefined
    const addresses = [pf, vf1, vf2, plain, pfB, vfB]
    const groups = new Map<string, number>(
      shared
        ? ([
            [vf2, 9],
            [plain, 9],
          ] as const)
        : [],
    )
    const parents = new Map([
      [vf1, pf],
      [vf2, pf],
      [vfB, pfB],
    ])
    const pci = addresses.map((address, index): PciHostDevice => {
      return {
        address,
        driver: drivers[index],
        iommuGroup: group === undefined ? undefined : groups.get(address),
        physicalFunction: parents.get(address),
      }
    })
    return { pci, kernelVersion: old ? '6.1' : '6.18', vfioEnableSriov: true }
  })

const taken: fc.Arbitrary<VfioDevice> = fc
  .record({
    address: fc.constantFrom(pf, pf, vf1, vf2, plain, pfB, vfB, '0000:09:00.0'),
    token: fc.constantFrom(tokenA, tokenA, tokenA, tokenB, undefined),
    managed: fc.boolean(),
    throughIommufd: fc.constantFrom(false, false, false, true),
  })
  .map(({ address, ...more }) => device(address, more.token, more))

/** Anything, mostly broken. */
const wild = fc
  .array(fc.array(taken, { minLength: 1, maxLength: 2 }), { maxLength: 4 })
  .map((domains) => domains.map((devices, index) => guest(`d${index}`, ...devices)))

/** Each function in one domain, mostly with the one token: what is left to go wrong is mostly the order. */
const sound = fc
  .record({
    addresses: fc.shuffledSubarray([pf, vf1, vf2, pfB, vfB], { minLength: 2 }),
    places: fc.array(fc.nat(3), { minLength: 5, maxLength: 5 }),
    tokens: fc.array(fc.constantFrom(...Array.from({ length: 9 }, () => tokenA), undefined), {
      minLength: 5,
      maxLength: 5,
    }),
  })
  .map(({ addresses, places, tokens }) => {
    const domains = new Map<number, VfioDevice[]>()
    addresses.forEach((address, index) => {
      const place = places[index] ?? 0
      domains.set(place, [...(domains.get(place) ?? []), device(address, tokens[index])])
    })
    return [...domains].map(([place, devices]) => guest(`d${place}`, ...devices))
  })

const quiet = fc.constant(
  facts('vfio-pci', {
    [pfB]: { driver: 'vfio-pci' },
    [vfB]: { driver: 'vfio-pci', physicalFunction: pfB },
  }),
)

const situation = fc.oneof(fc.tuple(host, wild), fc.tuple(quiet, sound))

test('a plan is found where there is one, and only there', () => {
  let worked = 0
  fc.assert(
    fc.property(situation, ([recorded, domains]) => {
      const plan = planStart(domains, recorded)
      const starts = (order: VfioDomain[]) =>
        checkDomains(domains, recorded, { order }).outcomes.every((outcome) => outcome.starts)
      expect(plan.works).toBe(permutations(domains).some(starts))
      expect(new Set(plan.order)).toEqual(new Set(domains))
      if (plan.works) expect(starts([...plan.order])).toBe(true)
      worked += plan.works && domains.length > 1 ? 1 : 0
    }),
    { numRuns: 400 },
  )
  expect(worked).toBeGreaterThan(5)
})

test('whatever does not open has an error at its place, and what opens in a domain that starts has none but sharing', () => {
  fc.assert(
    fc.property(situation, ([recorded, domains]) => {
      const { outcomes, findings } = checkDomains(domains, recorded)
      for (const { domain, devices } of outcomes) {
        for (const { device: one, result } of devices) {
          const errors = findings.filter(
            ({ severity, file, span }) => severity === 'error' && file === domain.file && span === one.span,
          )
          if (result.outcome !== 'done') expect(errors, result.rule.name).not.toEqual([])
          else expect(errors.filter(({ code }) => !/shared/.test(code))).toEqual([])
        }
      }
    }),
    { numRuns: 400 },
  )
})
