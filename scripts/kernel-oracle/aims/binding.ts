import type { VfioHost } from '../../../src/vfio/host.ts'
import type { Operation } from '../../../tests/vfio/operation.ts'
import { cast } from '../cast.ts'
import { bind, override, unbind } from '../steps.ts'
import { card, closed, driven, opened, through, vfioCard, vfioPf } from '../ways.ts'
import type { Aim } from './aim.ts'

const { pf, vf1, vf2, left, right } = cast

/** Drivers that come and go. */
export const binding: readonly Aim[] = [
  {
    rules: ['unbind/pf-token-gone', 'bind/pf-random-token'],
    way: through(vfioCard, closed(vf1), closed(vf2), closed(pf)),
    attempt: () => unbind(pf),
  },
  {
    rules: ['bind/pf-with-vfs'],
    way: (host) => {
      const { driver, virtualFunctions = [] } = host.device(pf) ?? {}
      if (driver !== undefined || virtualFunctions.length === 0) return leavingCard(host)
      return host.device(pf)?.driverOverride === 'vfio-pci' ? undefined : override(pf)
    },
    attempt: () => bind(pf),
  },
  { rules: ['unbind/vfs-left'], way: card('pci-pf-stub'), attempt: () => unbind(pf, 'pci-pf-stub') },
  {
    rules: ['bind/vf-elsewhere'],
    way: through(vfioPf, driven(vf1, undefined), (host) =>
      host.device(vf1)?.driverOverride === 'igbvf' ? undefined : override(vf1, 'igbvf'),
    ),
    attempt: () => bind(vf1, 'igbvf'),
  },
  {
    rules: ['bind/group-in-use'],
    way: through(driven(right, 'vfio-pci'), driven(left, undefined), opened(right), (host) =>
      host.device(left)?.driverOverride === undefined ? undefined : override(left, null),
    ),
    attempt: (chance) => bind(left, chance.one(['e1000', 'e1000', 'igb'])),
  },
]

/** VFs without a driver of their PF: those of pci-pf-stub stay. */
function leavingCard(host: VfioHost): Operation {
  return card('pci-pf-stub')(host) ?? unbind(pf, 'pci-pf-stub')
}
