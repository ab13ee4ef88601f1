import { decideAccess } from './access/variants.ts'
import { parseDeviceName } from './device-name.ts'
import { answer, defineRules, type Rule } from './rule.ts'
import {
  type FunctionState,
  groupNeighbours,
  type HostState,
  isVfioDriver,
  type Step,
  vfioPhysicalFunction,
  withFunctions,
} from './state.ts'

export const openRules = defineRules({
  'open/no-device': {
    outcome: 'refused',
    errno: 'ENODEV',
    why: 'the host has no such function',
    todo: 'compare the address with lspci -D; VFs are there only after sriov_numvfs has been written',
  },
  'open/not-bound': {
    outcome: 'refused',
    errno: 'ENODEV',
    why: 'the function is not bound to vfio-pci',
    todo: "bind it to vfio-pci, or let libvirt do it with managed='yes'",
  },
  'open/busy': {
    outcome: 'refused',
    errno: 'EBUSY',
    why: 'somebody else has this function, or another one of its IOMMU group, open',
    todo: 'give a function to one domain only, and all functions of an IOMMU group to the same',
  },
  'open/group-not-viable': {
    outcome: 'refused',
    errno: 'EPERM',
    why: 'a function of the same IOMMU group is bound to a driver of the host',
    todo: 'bind every function of the group to vfio-pci or to pci-stub',
  },
})

export const closeRules = defineRules({
  'close/not-open': { outcome: 'refused', errno: 'EBADF', why: 'the function is not open' },
  'close/still-open': { outcome: 'done', why: 'another descriptor of the function is still open' },
  'close/closed': { outcome: 'done', why: 'that was the last descriptor; a token outlives it' },
  'close/vf-closed': {
    outcome: 'done',
    why: 'that was the last descriptor of the VF: its PF counts one VF in use less',
  },
})

export const iommufdRules = defineRules({
  'iommufd/token-unchecked': {
    outcome: 'done',
    why: 'this kernel does not ask for the token when a device is bound to an iommufd; no token is set either',
  },
})

/** A driver in an IOMMU group that leaves the other functions of the group to userspace. */
function leavesGroupAlone(member: FunctionState): boolean {
  return member.bridge || member.driver === undefined || member.driver === 'pci-stub' || isVfioDriver(member.driver)
}

/** What stands before the token: the device itself and its IOMMU group. */
function refusedBefore(state: HostState, device: FunctionState, holder: string): [Rule, FunctionState[]] | undefined {
  if (!isVfioDriver(device.driver)) return [openRules['open/not-bound'], []]
  const neighbours = groupNeighbours(state, device)
  const held = [device, ...neighbours].filter((member) => member.opened && member.opened.holder !== holder)
  if (held.length > 0) return [openRules['open/busy'], held]
  const native = neighbours.filter((member) => !leavesGroupAlone(member))
  if (native.length > 0) return [openRules['open/group-not-viable'], native]
  return undefined
}

function opened(state: HostState, device: FunctionState, holder: string, setsToken?: string): HostState {
  const first = device.opened === undefined
  const next: FunctionState = { ...device, opened: { holder, count: (device.opened?.count ?? 0) + 1 } }
  const physicalFunction = vfioPhysicalFunction(state, device)
  if (setsToken !== undefined && device.vfToken !== undefined) {
    return withFunctions(state, [{ ...next, vfToken: { ...device.vfToken, uuid: setsToken } }])
  }
  if (!first || physicalFunction?.vfToken === undefined) return withFunctions(state, [next])
  const vfToken = { ...physicalFunction.vfToken, users: physicalFunction.vfToken.users + 1 }
  return withFunctions(state, [next, { ...physicalFunction, vfToken }])
}

function accessed(state: HostState, device: FunctionState, holder: string, token: string | undefined): Step {
  const physicalFunction = vfioPhysicalFunction(state, device)
  const { rule, setsToken } = decideAccess({ device, physicalFunction, token })
  const others = device.physicalFunction === undefined ? [] : [device.physicalFunction]
  const result = answer(rule, device, others)
  return { state: result.outcome === 'done' ? opened(state, device, holder, setsToken) : state, result }
}

function absent(state: HostState, address: string): Step {
  return { state, result: answer(openRules['open/no-device'], { address, driver: undefined }) }
}

/** The open is refused; the state stays, the answer names the group members at fault. */
function refusedStep(state: HostState, device: FunctionState, [rule, members]: [Rule, FunctionState[]]): Step {
  const addresses = members.map((member) => member.address)
  return { state, result: answer(rule, device, addresses) }
}

/** `VFIO_GROUP_GET_DEVICE_FD` on the group of `address` with the device name `name`, by `holder`. */
export function openByName(state: HostState, address: string, name: string, holder: string): Step {
  const device = state.functions.get(address)
  if (device === undefined) return absent(state, address)
  const refused = refusedBefore(state, device, holder)
  if (refused) return refusedStep(state, device, refused)
  const parsed = parseDeviceName(name, address)
  if ('rule' in parsed) return { state, result: answer(parsed.rule, device) }
  return accessed(state, device, holder, parsed.token)
}

/**
 * `VFIO_DEVICE_BIND_IOMMUFD`. QEMU hands over no token on this way; older kernels do not ask for one, newer ones
 * decide by the same rules as on the way through the group.
 */
export function bindIommufd(state: HostState, address: string, holder: string, token?: string): Step {
  const device = state.functions.get(address)
  if (device === undefined) return absent(state, address)
  const refused = refusedBefore(state, device, holder)
  if (refused) return refusedStep(state, device, refused)
  if (state.iommufdChecksToken) return accessed(state, device, holder, token)
  return { state: opened(state, device, holder), result: answer(iommufdRules['iommufd/token-unchecked'], device) }
}

/** Closes one descriptor of `address`. */
export function closeOne(state: HostState, address: string): Step {
  const device = state.functions.get(address)
  if (device?.opened === undefined) {
    const subject = device ?? { address, driver: undefined }
    return { state, result: answer(closeRules['close/not-open'], subject) }
  }
  if (device.opened.count > 1) {
    const still = { ...device, opened: { ...device.opened, count: device.opened.count - 1 } }
    return { state: withFunctions(state, [still]), result: answer(closeRules['close/still-open'], device) }
  }
  const closed = { ...device, opened: undefined }
  const physicalFunction = vfioPhysicalFunction(state, device)
  if (physicalFunction?.vfToken === undefined) {
    return { state: withFunctions(state, [closed]), result: answer(closeRules['close/closed'], device) }
  }
  const vfToken = { ...physicalFunction.vfToken, users: physicalFunction.vfToken.users - 1 }
  return {
    state: withFunctions(state, [closed, { ...physicalFunction, vfToken }]),
    result: answer(closeRules['close/vf-closed'], device, [physicalFunction.address]),
  }
}
