import { cast } from '../cast.ts'
import { numvfs, unbind } from '../steps.ts'
import { driven, heard, inUse, opened, through, unheard, vfioCard } from '../ways.ts'
import { type Aim, intrudes } from './aim.ts'

const { pf, vf1, plain } = cast

/** Removals that wait for who has a function open. */
export const removing: readonly Aim[] = [
  {
    rules: ['open/pf-locked', 'sriov/vfs-in-use'],
    way: (host) => (host.waits ? undefined : through(inUse, heard(vf1))(host)),
    attempt: intrudes(numvfs(pf, 0)),
  },
  {
    rules: ['sriov/vfs-in-use-unheard'],
    way: (host) => (host.waits ? undefined : through(inUse, unheard(vf1))(host)),
    attempt: intrudes(numvfs(pf, 0)),
  },
  {
    rules: ['unbind/in-use'],
    way: (host) => (host.waits ? undefined : through(vfioCard, opened(pf), heard(pf))(host)),
    attempt: intrudes(unbind(pf)),
  },
  {
    rules: ['unbind/in-use-unheard'],
    way: (host) => (host.waits ? undefined : through(driven(plain, 'vfio-pci'), opened(plain), unheard(plain))(host)),
    attempt: intrudes(unbind(plain)),
  },
]
