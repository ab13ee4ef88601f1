import type { VfioHost } from '../../src/vfio/host.ts'
import type { Operation } from '../../tests/vfio/operation.ts'
import { cast } from './cast.ts'
import { natives, tokens } from './choices.ts'
import { bind, channel, close, iommufd, numvfs, open, option, override, unbind } from './steps.ts'

/** The next operation on the way to some state of the machine; undefined where it is reached. */
export type Way = (host: VfioHost) => Operation | undefined

const { pf, vf1, plain } = cast
const [known] = tokens
const owner = 'one'

/** All ways, one after another. */
export const through =
  (...ways: readonly Way[]): Way =>
  (host) => {
    for (const way of ways) {
      const operation = way(host)
      if (operation !== undefined) return operation
    }
    return undefined
  }

/** Nobody has it open. */
export const closed =
  (address: string): Way =>
  (host) => {
    const by = host.device(address)?.opened
    return by && close(by.holder, address)
  }

/** It has this driver, or none. */
export const driven =
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
export const virtual =
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
export const card = (driver: string): Way => {
  const made = through(driven(pf, driver), virtual(2))
  return (host) => {
    const device = host.device(pf)
    if (device?.driver === driver || (device?.virtualFunctions.length ?? 0) === 0) return made(host)
    return device?.driver === undefined ? driven(pf, 'pci-pf-stub')(host) : virtual(0)(host)
  }
}

/** The module option of vfio-pci. */
export const allowed =
  (enableSriov: boolean): Way =>
  (host) =>
    host.enableSriov === enableSriov ? undefined : option(enableSriov)

/** The PF has a token that the walk knows. */
export const tokenKnown: Way = (host) => {
  const device = host.device(pf)
  if (device?.vfToken?.uuid !== undefined) return undefined
  return device?.opened ? close(device.opened.holder, pf) : open(owner, pf, known)
}

export const tokenOf = (host: VfioHost) => host.device(pf)?.vfToken?.uuid

/** Somebody has it open, a VF with its token. */
export const opened =
  (address: string): Way =>
  (host) =>
    host.device(address)?.opened ? undefined : open(owner, address, address === vf1 ? tokenOf(host) : undefined)

/** Its user has bound it to an iommufd. */
export const boundToIommufd =
  (address: string): Way =>
  (host) => {
    const by = host.device(address)?.opened
    if (by === undefined) return iommufd(owner, address)
    return by.iommufd ? undefined : close(by.holder, address)
  }

/** Its user is to be asked to let go. */
export const heard =
  (address: string): Way =>
  (host) => {
    const by = host.device(address)?.opened
    return by && !by.channel ? channel(by.holder, address) : undefined
  }

/** Its user is not to be asked. */
export const unheard =
  (address: string): Way =>
  (host) => {
    const by = host.device(address)?.opened
    return by?.channel ? close(by.holder, address) : undefined
  }

/** The card under test on vfio-pci with two VFs; then with a known token; then with a VF open. */
export const vfioPf = through(allowed(true), card('vfio-pci'))
export const vfioCard = through(vfioPf, driven(vf1, 'vfio-pci'), tokenKnown)
export const inUse = through(vfioCard, closed(pf), opened(vf1))
/** The function that is neither, ready to be opened. */
export const loosePlain = through(driven(plain, 'vfio-pci'), closed(plain))
