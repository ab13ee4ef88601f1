import type { VfioHost } from '../../../src/vfio/host.ts'
import type { Operation } from '../../../tests/vfio/operation.ts'
import { cast } from '../cast.ts'
import { type Chance, tokens } from '../choices.ts'
import { close, open } from '../steps.ts'
import type { Way } from '../ways.ts'

/** Rules that are met only from some state: how to get there, and what to try there. */
export interface Aim {
  readonly rules: readonly string[]
  readonly way: Way
  readonly attempt: (chance: Chance, host: VfioHost) => Operation
}

export const owner = 'one'
export const other = 'two'

export const holderOf = (host: VfioHost, address: string) => host.device(address)?.opened?.holder ?? owner

/** Opens the function as its user, with any token. */
export const tries =
  (...addresses: readonly string[]) =>
  (chance: Chance, host: VfioHost): Operation => {
    const address = chance.one(addresses)
    return open(
      holderOf(host, address),
      address,
      chance.one([undefined, host.device(cast.pf)?.vfToken?.uuid, ...tokens]),
    )
  }

/** While the removal waits everybody tries to get in, and now and then one who is waited for lets go. */
export const intrudes = (removal: Operation) => (chance: Chance, host: VfioHost) => {
  if (!host.waits) return removal
  const awaited = host.devices.find(({ leaving }) => leaving)
  if (awaited?.opened && chance.below(4) === 0) return close(awaited.opened.holder, awaited.address)
  return tries(cast.pf, cast.pf, cast.pf, cast.vf1, cast.vf2)(chance, host)
}
