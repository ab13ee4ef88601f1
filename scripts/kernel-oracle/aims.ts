import { formatDeviceName } from '../../src/vfio/device-name.ts'
import type { VfioHost } from '../../src/vfio/host.ts'
import type { Operation } from '../../tests/vfio/operation.ts'
import { cast } from './cast.ts'
import { type Chance, featureOf, natives, oddName, tokens } from './choices.ts'
import { bind, channel, close, numvfs, open, option, override, unbind } from './steps.ts'

/** The next operation on the way to some state of the machine; undefined where it is reached. */
type Way = (host: VfioHost) => Operation | undefined

/** Rules that are met only from some state: how to get there, and what to try there. */
export interface Aim {
  readonly rules: readonly string[]
  readonly way: Way
  readonly attempt: (chance: Chance, host: VfioHost) => Operation
}

const { pf, vf1, vf2, left, right, plain } = cast
const [known, wrong] = tokens
const [owner, other] = ['one', 'two'] as const

/** All ways, one after another. */
const through =
  (...ways: readonly Way[]): Way =>
  (host) => {
    for (const way of ways) {
      const operation = way(host)
      if (operation !== undefined) return operation
    }
    return undefined
  }

const closed =
  (address: string): Way =>
  (host) => {
    const by = host.device(address)?.opened
    return by && close(by.holder, address)
  }

const driven =
  (address: string, driver: string | undefined): Way =>
  (host) => {
    const device = host.device(address)
    if (device === undefined || device.driver === driver) return undefined
    if (device.opened) return close(device.opened.holder, address)
    if (device.driver !== undefined) return unbind(address, device.driver)
    const wanted = natives[address] === driver ? undefined : driver
    if (device.driverOverride !== wanted) return override(address, wanted ?? null)
    return driver === undefined ? undefined : bind(address, driver)
  }

/** VFs of the PF that its driver made, so many. */
const virtual =
  (count: number): Way =>
  (host) => {
    const { virtualFunctions: there = [], vfToken } = host.device(pf) ?? {}
    if (there.length === count) return undefined
    if (vfToken !== undefined && !host.enableSriov) return option(true)
    const used = there.find((address) => host.device(address)?.opened)
    if (used !== undefined) return closed(used)(host)
    return numvfs(pf, there.length > 0 ? 0 : count)
  }

/** The PF on a driver that makes VFs; those that another driver made go first. */
const card = (driver: string): Way => {
  const made = through(driven(pf, driver), virtual(2))
  return (host) => {
    const device = host.device(pf)
    if (device?.driver === driver || (device?.virtualFunctions.length ?? 0) === 0) return made(host)
    return device?.driver === undefined ? driven(pf, 'pci-pf-stub')(host) : virtual(0)(host)
  }
}

const allowed =
  (enableSriov: boolean): Way =>
  (host) =>
    host.enableSriov === enableSriov ? undefined : option(enableSriov)

/** The PF has a token that the walk knows. */
const tokenKnown: Way = (host) => {
  const device = host.device(pf)
  if (device?.vfToken?.uuid !== undefined) return undefined
  return device?.opened ? close(device.opened.holder, pf) : open(owner, pf, known)
}

const tokenOf = (host: VfioHost) => host.device(pf)?.vfToken?.uuid

const opened =
  (address: string): Way =>
  (host) =>
    host.device(address)?.opened ? undefined : open(owner, address, address === vf1 ? tokenOf(host) : undefined)

const heard =
  (address: string): Way =>
  (host) => {
    const by = host.device(address)?.opened
    return by && !by.channel ? channel(by.holder, address) : undefined
  }

const unheard =
  (address: string): Way =>
  (host) => {
    const by = host.device(address)?.opened
    return by?.channel ? close(by.holder, address) : undefined
  }

const vfioPf = through(allowed(true), card('vfio-pci'))
const vfioCard = through(vfioPf, driven(vf1, 'vfio-pci'), tokenKnown)
const inUse = through(vfioCard, closed(pf), opened(vf1))
const loosePlain = through(driven(plain, 'vfio-pci'), closed(plain))

const anyToken = (chance: Chance) => chance.one([undefined, known, wrong])
const holderOf = (host: VfioHost, address: string) => host.device(address)?.opened?.holder ?? owner

/** Opens the function as its user, with any token. */
const tries =
  (...addresses: readonly string[]) =>
  (chance: Chance, host: VfioHost): Operation => {
    const address = chance.one(addresses)
    return open(holderOf(host, address), address, anyToken(chance))
  }

/** While the removal waits everybody tries to get in, and now and then one who is waited for lets go. */
const intrudes = (removal: Operation) => (chance: Chance, host: VfioHost) => {
  if (!host.waits) return removal
  const awaited = host.devices.find(({ leaving }) => leaving)
  if (awaited?.opened && chance.below(4) === 0) return close(awaited.opened.holder, awaited.address)
  return tries(pf, pf, pf, vf1, vf2)(chance, host)
}

export const aims: readonly Aim[] = [
  {
    rules: ['plain/opens', 'plain/token-unwanted', 'close/still-open'],
    way: driven(plain, 'vfio-pci'),
    attempt: tries(plain),
  },
  {
    rules: [
      'name/no-match',
      'name/unknown-option',
      'name/second-token',
      'name/token-too-short',
      'name/token-malformed',
    ],
    way: loosePlain,
    attempt: (chance) => ({ op: 'open', holder: owner, address: plain, name: oddName(chance, plain) }),
  },
  {
    rules: ['name/too-long'],
    way: loosePlain,
    attempt: (chance) => ({ op: 'open', holder: owner, address: plain, name: plain.padEnd(4094 + chance.below(4)) }),
  },
  {
    rules: ['vf/opens-kernel-pf', 'vf/token-unwanted', 'sriov/enabled'],
    way: through(card('igb'), driven(vf1, 'vfio-pci'), closed(vf1)),
    attempt: tries(vf1),
  },
  {
    rules: ['vf/token-required', 'vf/token-incorrect', 'vf/opens'],
    way: through(vfioCard, closed(vf1)),
    attempt: tries(vf1),
  },
  {
    rules: ['pf/opens-token-kept', 'pf/opens-token-set', 'sriov/captured'],
    way: through(vfioCard, closed(vf1), closed(vf2), closed(pf)),
    attempt: tries(pf),
  },
  { rules: ['pf/token-required', 'pf/token-incorrect', 'pf/opens'], way: inUse, attempt: tries(pf) },
  {
    rules: ['open/no-container'],
    way: through(vfioCard, closed(vf1), closed(pf)),
    attempt: (chance, host) => {
      const address = chance.one([pf, vf1])
      return { op: 'open', holder: owner, address, name: formatDeviceName(address, tokenOf(host)), bare: true }
    },
  },
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
  {
    rules: ['open/not-bound-in-group', 'open/busy'],
    way: through(driven(right, 'vfio-pci'), driven(left, undefined)),
    attempt: (chance) => open(chance.one([owner, other]), chance.one([left, right])),
  },
  {
    rules: ['open/group-not-viable'],
    way: through(closed(left), closed(right), driven(right, 'vfio-pci'), driven(left, 'e1000')),
    attempt: (chance) => open(owner, chance.one([left, right])),
  },
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
  {
    rules: [
      ...['feature/token-set', 'feature/token-too-small', 'feature/probed', 'feature/no-operation', 'feature/other'],
      ...['feature/get-unsupported', 'feature/get-and-set', 'feature/header-too-small', 'feature/unknown-flags'],
    ],
    way: through(driven(pf, 'vfio-pci'), opened(pf)),
    attempt: (chance, host) => featureOf(chance, holderOf(host, pf), pf),
  },
  {
    rules: ['feature/not-a-pf', 'feature/unknown'],
    way: through(driven(plain, 'vfio-pci'), opened(plain)),
    attempt: (chance, host) => featureOf(chance, holderOf(host, plain), plain),
  },
]

/** VFs without a driver of their PF: those of pci-pf-stub stay. */
function leavingCard(host: VfioHost): Operation {
  return card('pci-pf-stub')(host) ?? unbind(pf, 'pci-pf-stub')
}
