import { formatDeviceName } from '../../src/vfio/device-name.ts'
import { featureFlags } from '../../src/vfio/feature.ts'
import type { VfioHost } from '../../src/vfio/host.ts'
import type { Operation } from '../../tests/vfio/operation.ts'
import { cast } from './cast.ts'

/** Numbers of a seed: the same seed gives the same walk. */
export class Chance {
  private state: number

  constructor(seed: number) {
    this.state = seed >>> 0
  }

  /** 0 to below `limit`. */
  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }

  one<Choice>(choices: readonly Choice[]): Choice {
    return choices[this.below(choices.length)]!
  }
}

const { pf, vf1, vf2, left, right, plain, absent } = cast
const addresses = [pf, pf, vf1, vf1, vf2, left, right, plain, absent]
export const tokens = ['6c1d2f5e-93b4-4c8f-9d50-1f6f0c2a7be1', 'e1b7a1c4-0d6f-4a52-8a3e-5f9d7c0b2468'] as const
const holders = ['one', 'two']
/** The driver of the host for a function. */
export const natives: Readonly<Record<string, string>> = {
  [pf]: 'igb',
  [left]: 'e1000',
  [right]: 'e1000',
  [vf1]: 'igbvf',
  [vf2]: 'igbvf',
}

/** Names with options that are wrong in one way or another, or right in an unusual one. */
export function oddName(chance: Chance, address: string): string {
  const token = chance.one(tokens)
  return chance.one([
    `${address}x`,
    address.slice(0, -1),
    absent,
    '',
    `${address}  `,
    `${address} nonsense`,
    `${address} vf_token=`,
    `${address} vf_token=${token.slice(0, chance.below(36))}`,
    `${address} vf_token=${token.replaceAll('-', '')}abcd`,
    `${address} vf_token=${token.replace('-', 'x')}`,
    `${address} vf_token=${token} vf_token=${token}`,
    `${address} vf_token=${token}vf_token=${token}`,
    `${address} vf_token=${token} more`,
    `${address} vf_token=${token.toUpperCase()}`,
    `${address}   vf_token=${token}  `,
    `${address} `.padEnd(4090 + chance.below(12), ' '),
  ])
}

const open = (chance: Chance): Operation => {
  const address = chance.one(addresses)
  const name =
    chance.below(8) === 0
      ? oddName(chance, address)
      : formatDeviceName(address, chance.one([undefined, undefined, tokens[0], tokens[0], tokens[1]]))
  const bare = chance.below(12) === 0
  return { op: 'open', holder: chance.one(holders), address, name, ...(bare && { bare }) }
}

/** A function that is open, by who has it; now and then anything. */
function held(chance: Chance, host: VfioHost): { holder: string; address: string } {
  const opened = host.devices.flatMap(({ address, opened: by }) => (by ? [{ holder: by.holder, address }] : []))
  if (opened.length === 0 || chance.below(10) === 0) {
    return { holder: chance.one(holders), address: chance.one(addresses) }
  }
  return chance.one(opened)
}

/** A request for a feature, right or wrong. Low power and DMA buffers are probed for only. */
export function featureOf(chance: Chance, holder: string, address: string): Operation {
  const { get, set, probe } = featureFlags
  const modes = [0, get, set, set, set, probe, probe | set, probe | get, get | set, probe | get | set]
  const number = chance.one([0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 11, 12, 13, 200, 0xffff])
  const probed = [3, 4, 5, 11].includes(number)
  const unknown = chance.one([0, 0, 0, 0, 0, 0, 1 << 19, 1 << 31])
  return {
    op: 'feature',
    holder,
    address,
    argsz: chance.one([0, 7, 8, 16, 23, 24, 24, 24, 64]),
    flags: (chance.one(modes) | number | unknown | (probed ? probe : 0)) >>> 0,
    token: chance.one(tokens),
  }
}

const feature = (chance: Chance, host: VfioHost): Operation => {
  const { holder, address } = held(chance, host)
  return featureOf(chance, holder, address)
}

function driversFor(address: string): string[] {
  const native = natives[address]
  const any = ['vfio-pci', 'vfio-pci', 'vfio-pci', 'pci-stub', ...(native === undefined ? [] : [native, native])]
  return address === pf ? [...any, 'pci-pf-stub', 'pci-pf-stub'] : any
}

const override = (chance: Chance): Operation => {
  const address = chance.one(addresses)
  return { op: 'override', address, driver: chance.below(5) === 0 ? null : chance.one(driversFor(address)) }
}

const bind = (chance: Chance, host: VfioHost): Operation => {
  const address = chance.one(addresses)
  const wanted = host.device(address)?.driverOverride
  const any = chance.one([...driversFor(address), 'e1000'])
  return { op: 'bind', address, driver: wanted !== undefined && chance.below(5) > 0 ? wanted : any }
}

const unbind = (chance: Chance, host: VfioHost): Operation => {
  const address = chance.one(addresses)
  return { op: 'unbind', address, driver: host.device(address)?.driver ?? 'vfio-pci' }
}

const numvfs = (chance: Chance): Operation => {
  const count = chance.one([0, 0, 1, 2, 2, 2, 3, 8, 9, 65_536, -1, 'many'])
  return { op: 'numvfs', address: chance.one([pf, pf, pf, pf, plain, absent]), count }
}

const always = [
  open,
  open,
  open,
  open,
  (chance: Chance, host: VfioHost): Operation => ({ op: 'close', ...held(chance, host) }),
  (chance: Chance, host: VfioHost): Operation => ({ op: 'channel', ...held(chance, host) }),
  feature,
]

/** What would wait for the lock of a removal is not asked while one waits: nobody could take it back. */
const unlocked = [
  ...always,
  override,
  override,
  bind,
  bind,
  bind,
  unbind,
  numvfs,
  numvfs,
  (chance: Chance): Operation => ({ op: 'option', enableSriov: chance.below(4) > 0 }),
]

/** One operation that a user might try now. */
export function choose(chance: Chance, host: VfioHost): Operation {
  return chance.one(host.waits ? always : unlocked)(chance, host)
}

const harmless = new Set<Operation['op']>(['open', 'iommufd', 'close', 'channel', 'feature'])

/**
 * Whether the machine may be asked this: nothing that would wait for the lock of a removal, and a card's own driver over
 * VFs that another left is none of the kernel's rules.
 */
export function isFair(host: VfioHost, operation: Operation): boolean {
  if (host.waits && !harmless.has(operation.op)) return false
  if (operation.op !== 'bind' || operation.address !== pf) return true
  return operation.driver !== 'igb' || host.device(pf)?.virtualFunctions.length === 0
}
