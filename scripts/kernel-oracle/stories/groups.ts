import { formatDeviceName } from '../../../src/vfio/device-name.ts'
import type { Operation } from '../../../tests/vfio/operation.ts'
import { cast } from '../cast.ts'
import { bare, bind, close, join, move, named, open, override, toHost, unbind } from '../steps.ts'

const { left, right } = cast

/** Two functions of one IOMMU group. */
export const groups: Operation[] = [
  open('one', left),
  bare('one', left),
  ...move(left, 'e1000', 'vfio-pci'),
  open('one', left),
  bare('one', left),
  unbind(right, 'e1000'),
  open('one', left),
  open('one', right),
  named('one', left, formatDeviceName(right)),
  bind(right, 'e1000'),
  override(right, 'pci-stub'),
  bind(right, 'pci-stub'),
  open('one', right),
  open('two', right),
  unbind(right, 'pci-stub'),
  override(right, 'pci-pf-stub'),
  bind(right, 'pci-pf-stub'),
  unbind(right, 'pci-pf-stub'),
  override(right),
  bind(right),
  open('one', right),
  open('two', right),
  close('one', left),
  open('two', left),
  open('one', left),
  unbind(left),
  close('one', left),
  join,
  close('one', right),
  bind(left),
  open('two', left),
  close('two', left),
  unbind(left),
  ...move(left, undefined, 'pci-pf-stub'),
  open('one', right),
  close('one', right),
  unbind(left, 'pci-pf-stub'),
  override(left, null),
  bind(left, 'e1000'),
  open('one', right),
  ...toHost(right, 'e1000'),
]
