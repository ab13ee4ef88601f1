import type { Operation } from '../../../tests/vfio/operation.ts'
import { cast } from '../cast.ts'
import { bind, override, unbind } from '../steps.ts'

const { left, plain, absent } = cast

/** What binds and what does not. */
export const binding: Operation[] = [
  bind(absent),
  unbind(absent),
  override(absent),
  bind(plain),
  bind(plain, 'igb'),
  unbind(plain),
  override(plain, 'pci-stub'),
  bind(plain),
  bind(plain, 'igb'),
  bind(plain, 'pci-stub'),
  bind(plain),
  bind(plain, 'pci-stub'),
  unbind(plain),
  unbind(plain, 'pci-stub'),
  bind(plain, 'pci-stub'),
  override(plain),
  bind(plain),
  unbind(plain, 'pci-stub'),
  bind(plain, 'pci-stub'),
  bind(plain, 'e1000'),
  bind(plain),
  bind(plain),
  unbind(plain),
  unbind(plain),
  override(plain, null),
  bind(left, 'igb'),
  bind(left, 'e1000'),
  bind(left),
  unbind(left, 'e1000'),
  bind(left, 'e1000'),
  unbind(left, 'e1000'),
  override(left, 'igb'),
  bind(left, 'e1000'),
  override(left, null),
  bind(left, 'e1000'),
]
