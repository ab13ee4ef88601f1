import { formatDeviceName } from '../../src/vfio/device-name.ts'
import type { Operation } from '../../tests/vfio/operation.ts'

export const tokenA = '6c1d2f5e-93b4-4c8f-9d50-1f6f0c2a7be1'
export const tokenB = 'e1b7a1c4-0d6f-4a52-8a3e-5f9d7c0b2468'

export const bind = (address: string, driver = 'vfio-pci'): Operation => ({ op: 'bind', address, driver })
export const unbind = (address: string, driver = 'vfio-pci'): Operation => ({ op: 'unbind', address, driver })
export const override = (address: string, driver: string | null = 'vfio-pci'): Operation => ({
  op: 'override',
  address,
  driver,
})
export const numvfs = (address: string, count: number | string): Operation => ({ op: 'numvfs', address, count })
export const option = (enableSriov: boolean): Operation => ({ op: 'option', enableSriov })
export const named = (holder: string, address: string, name: string): Operation => ({
  op: 'open',
  holder,
  address,
  name,
})
export const open = (holder: string, address: string, token?: string): Operation =>
  named(holder, address, formatDeviceName(address, token))
export const bare = (holder: string, address: string, token?: string): Operation => {
  return { op: 'open', holder, address, name: formatDeviceName(address, token), bare: true }
}
export const iommufd = (holder: string, address: string, token?: string): Operation => {
  return { op: 'iommufd', holder, address, ...(token !== undefined && { token }) }
}
export const close = (holder: string, address: string): Operation => ({ op: 'close', holder, address })
export const channel = (holder: string, address: string): Operation => ({ op: 'channel', holder, address })
export const feature = (holder: string, address: string, argsz: number, flags: number, token = tokenB): Operation => {
  return { op: 'feature', holder, address, argsz, flags, token }
}
export const join: Operation = { op: 'join' }

/** From one driver to another, as libvirt goes. */
export const move = (address: string, from: string | undefined, to: string): Operation[] => [
  override(address, to),
  ...(from === undefined ? [] : [unbind(address, from)]),
  bind(address, to),
]
export const toHost = (address: string, driver: string | undefined): Operation[] => [
  unbind(address),
  override(address, null),
  ...(driver === undefined ? [] : [bind(address, driver)]),
]
