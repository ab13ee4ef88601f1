import { expect, test } from 'vitest'
import type { Context } from '../context/context.ts'
import type { Gate } from '../context/unit.ts'
import { askedBy } from './gate.ts'

interface Thing {
  readonly type: string
  readonly driver: { readonly queues: number | undefined; readonly iommu: { readonly on: boolean } | undefined }
}

const context = {} as Context
const rest = { needs: 'kvm', code: 'thing/unsupported', what: 'thing', hint: 'Leave it.' } as const
const asks = (gate: Pick<Gate<Thing>, 'path' | 'is' | 'when'>, device: Thing) =>
  askedBy({ ...rest, ...gate }, device, context)

const full: Thing = { type: 'a', driver: { queues: 0, iommu: { on: true } } }
const bare: Thing = { type: 'b', driver: { queues: undefined, iommu: undefined } }

test('what stands at the place of a gate asks for its fact: the element, or the one with the attribute', () => {
  expect(asks({ path: '.' }, bare)).toBe(bare)
  expect(asks({ path: 'driver/@queues' }, full)).toBe(full.driver)
  expect(asks({ path: 'driver/@queues' }, bare)).toBeUndefined()
  expect(asks({ path: 'driver/iommu' }, full)).toBe(full.driver.iommu)
  expect(asks({ path: 'driver/iommu/@on' }, bare)).toBeUndefined()
})

test('a value asks alone, and more where a gate says so', () => {
  expect(asks({ path: '@type', is: 'a' }, full)).toBe(full)
  expect(asks({ path: '@type', is: 'a' }, bare)).toBeUndefined()
  expect(asks({ path: '@type', is: 'a', when: () => undefined }, full)).toBeUndefined()
})

test('a place that names nothing does not compile', () => {
  // @ts-expect-error: it has no such attribute
  const path: Gate<Thing>['path'] = 'driver/@queue'
  expect(path).toBe('driver/@queue')
})
