import type { VfioHost } from '../host.ts'
import type { Result } from '../rule.ts'
import type { FunctionState } from '../state.ts'
import type { VfioDevice, VfioDomain } from './domain.ts'

/** What became of one device when its domain was started. */
export interface DeviceOutcome {
  readonly device: VfioDevice
  /** The function and its PF right before it was opened (or refused). */
  readonly before: FunctionState | undefined
  readonly physicalFunction: FunctionState | undefined
  /** The functions of its IOMMU group at that time. */
  readonly neighbours: readonly FunctionState[]
  /** The driver that libvirt took it from; undefined where it did not have to. */
  readonly detachedFrom: { readonly driver: string | undefined } | undefined
  /** The answer that decided: to binding where that fails, else to opening. */
  readonly result: Result
}

export interface DomainOutcome {
  readonly domain: VfioDomain
  readonly starts: boolean
  readonly devices: readonly DeviceOutcome[]
}

/** The host after the start, and what became of it. */
export interface Started {
  readonly host: VfioHost
  readonly outcome: DomainOutcome
}

interface Detached {
  readonly host: VfioHost
  readonly detachedFrom: DeviceOutcome['detachedFrom']
  readonly refused: Result | undefined
}

/** What libvirt does for a managed device before it starts QEMU. */
function detach(host: VfioHost, device: VfioDevice): Detached {
  const current = host.device(device.address)
  if (!device.managed || current === undefined || current.driver === device.driver) {
    return { host, detachedFrom: undefined, refused: undefined }
  }
  const detachedFrom = { driver: current.driver }
  let next = host.overrideDriver(device.address, device.driver).host
  if (current.driver !== undefined) {
    const unbound = next.unbind(device.address)
    if (unbound.result.outcome !== 'done') return { host, detachedFrom: undefined, refused: unbound.result }
    next = unbound.host
  }
  const bound = next.bind(device.address, device.driver)
  if (bound.result.outcome !== 'done') return { host, detachedFrom: undefined, refused: bound.result }
  return { host: bound.host, detachedFrom, refused: undefined }
}

function open(host: VfioHost, domain: VfioDomain, device: VfioDevice) {
  if (device.throughIommufd) return host.bindIommufd(device.address, domain.name, { channel: true })
  return host.open(device.address, domain.name, device.token)
}

/**
 * Starts a domain: libvirt detaches all its managed devices, then QEMU opens all in their order. Where one fails, the
 * domain does not start, and all is given back. QEMU gives up at the first that fails; here the others are tried too, so
 * that all that is wrong is told, but they leave no trace on the host.
 */
export function startDomain(before: VfioHost, domain: VfioDomain): Started {
  let host = before
  const detached = domain.devices.map((device) => {
    const step = detach(host, device)
    host = step.host
    return step
  })
  let failed: { host: VfioHost; opened: number } | undefined
  if (detached.some(({ refused }) => refused !== undefined)) failed = { host, opened: 0 }
  const devices = domain.devices.map((device, index): DeviceOutcome => {
    const { detachedFrom, refused } = detached[index]!
    const current = host.device(device.address)
    const context = {
      device,
      before: current,
      physicalFunction: current?.physicalFunction === undefined ? undefined : host.device(current.physicalFunction),
      neighbours: host.neighbours(device.address),
      detachedFrom,
    }
    if (refused !== undefined) return { ...context, result: refused }
    const moved = open(host, domain, device)
    if (moved.result.outcome !== 'done') failed ??= { host, opened: index }
    host = moved.host
    return { ...context, result: moved.result }
  })
  const outcome = { domain, starts: failed === undefined, devices }
  if (failed === undefined) return { host, outcome }
  return { host: close(failed.host, devices, failed.opened), outcome }
}

/** Stops a domain: QEMU's descriptors are closed, and what libvirt has detached goes back to its driver. */
export function stopDomain(host: VfioHost, { devices }: DomainOutcome): VfioHost {
  return close(host, devices, devices.length)
}

/** `opened`: how many of the devices, from the first on, are open. */
function close(before: VfioHost, devices: readonly DeviceOutcome[], opened: number): VfioHost {
  let host = before
  for (const { device } of devices.slice(0, opened)) host = host.close(device.address).host
  for (const { device, detachedFrom } of devices) {
    if (detachedFrom === undefined) continue
    host = host.unbind(device.address).host.overrideDriver(device.address, undefined).host
    if (detachedFrom.driver !== undefined) host = host.bind(device.address, detachedFrom.driver).host
  }
  return host
}
