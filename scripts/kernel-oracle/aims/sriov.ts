import { cast } from '../cast.ts'
import { numvfs } from '../steps.ts'
import { allowed, driven, through, vfioCard, virtual } from '../ways.ts'
import type { Aim } from './aim.ts'

const { pf } = cast

/** VFs made and refused. */
export const sriov: readonly Aim[] = [
  {
    rules: ['sriov/driver-cannot'],
    way: through(virtual(0), driven(pf, 'pci-stub')),
    attempt: (chance) => numvfs(pf, chance.one([1, 2])),
  },
  { rules: ['sriov/no-driver'], way: through(virtual(0), driven(pf, undefined)), attempt: () => numvfs(pf, 2) },
  {
    rules: ['sriov/option-off', 'sriov/too-many', 'sriov/malformed', 'sriov/already-enabled'],
    way: through(allowed(false), driven(pf, 'vfio-pci')),
    attempt: (chance) => numvfs(pf, chance.one([1, 2, 9, 'many', -1])),
  },
  {
    rules: ['sriov/already-enabled', 'sriov/too-many', 'sriov/malformed'],
    way: vfioCard,
    attempt: (chance) => numvfs(pf, chance.one([1, 3, 8, 9, 65_536])),
  },
]
