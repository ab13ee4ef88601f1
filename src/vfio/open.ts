import { decideAccess } from './access/variants.ts'
import { deviceNameRules, longestDeviceName, parseDeviceName } from './device-name.ts'
import { resume } from './removal.ts'
import { answer, defineRules, type Rule } from './rule.ts'
import {
  type FunctionState,
  groupNeighbours,
  type HostState,
  isVfioDriver,
  type Opened,
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
    errno: 'ENOENT',
    why: 'no function of the IOMMU group is bound to vfio-pci, so the group has no file in /dev/vfio',
    todo: "bind it to vfio-pci, or let libvirt do it with managed='yes'",
  },
  'open/not-bound-in-group': {
    outcome: 'refused',
    errno: 'ENODEV',
    why: 'the function is not bound to vfio-pci, though another one of its IOMMU group is',
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
    why: 'a function of the IOMMU group, this one or another, is bound to a driver of the host',
    todo: 'bind every function of the group to vfio-pci or to pci-stub',
  },
  'open/leaving': {
    outcome: 'refused',
    errno: 'ENODEV',
    why: 'the function is being removed: the kernel waits until its users close it',
    todo: 'wait until it is back',
  },
  'open/no-container': {
    outcome: 'refused',
    errno: 'EINVAL',
    why: 'the IOMMU group has no container; a token for a PF is set all the same',
    todo: 'give the group a container (VFIO_GROUP_SET_CONTAINER) first',
  },
  'open/pf-locked': {
    outcome: 'refused',
    errno: 'EAGAIN',
    why: 'a removal of the VFs holds the PF, which cannot be reset meanwhile; a token is set all the same',
    todo: 'stop the users of its VFs, then try again',
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

export const channelRules = defineRules({
  'channel/registered': { outcome: 'done', why: 'its user is told when the kernel wants the function back' },
})

/** A driver in an IOMMU group that leaves the other functions of the group to userspace. */
export function leavesGroupAlone(member: FunctionState): boolean {
  return member.bridge || member.driver === undefined || member.driver === 'pci-stub' || isVfioDriver(member.driver)
}

/** How a function is opened through its group. */
export interface OpenOptions {
  /** False: without giving the group a container, which nobody does but to try it. */
  readonly container?: boolean
  /** Whether the holder asks to be told when the kernel wants the function back. */
  readonly channel?: boolean
}

/** What stands before the token: the IOMMU group. */
function refusedByGroup(
  state: HostState,
  device: FunctionState,
  holder: string,
  container: boolean,
): [Rule, FunctionState[]] | undefined {
  const neighbours = groupNeighbours(state, device)
  const members = [device, ...neighbours]
  if (!members.some((member) => isVfioDriver(member.driver))) return [openRules['open/not-bound'], []]
  const held = members.filter(({ opened: by }) => by && (by.holder !== holder || by.iommufd))
  if (held.length > 0) return [openRules['open/busy'], held]
  if (!container || members.some((member) => member.opened)) return undefined
  const native = members.filter((member) => !leavesGroupAlone(member))
  return native.length > 0 ? [openRules['open/group-not-viable'], native] : undefined
}

export function setToken(state: HostState, device: FunctionState, uuid: string | undefined): HostState {
  if (uuid === undefined || device.vfToken === undefined) return state
  return withFunctions(state, [{ ...device, vfToken: { ...device.vfToken, uuid } }])
}

/** One more descriptor; the first one of a VF is counted at its PF. */
export function opened(state: HostState, { address }: FunctionState, by: Omit<Opened, 'count'>): HostState {
  const device = state.functions.get(address)
  if (device === undefined) return state
  const first = device.opened === undefined
  const { count = 0, channel = false } = device.opened ?? {}
  const next: FunctionState = { ...device, opened: { ...by, count: count + 1, channel: channel || by.channel } }
  const physicalFunction = vfioPhysicalFunction(state, device)
  if (!first || physicalFunction?.vfToken === undefined) return withFunctions(state, [next])
  const vfToken = { ...physicalFunction.vfToken, users: physicalFunction.vfToken.users + 1 }
  return withFunctions(state, [next, { ...physicalFunction, vfToken }])
}

/** What stands behind the token; a token that was given to a PF stays set where it refuses. */
function refusedAfter(state: HostState, device: FunctionState, container: boolean): Rule | undefined {
  if (!container && ![device, ...groupNeighbours(state, device)].some((member) => member.opened)) {
    return openRules['open/no-container']
  }
  return state.removal?.address === device.address && device.opened === undefined
    ? openRules['open/pf-locked']
    : undefined
}

function accessed(
  state: HostState,
  device: FunctionState,
  holder: string,
  token: string | undefined,
  { container = true, channel = false }: OpenOptions,
): Step {
  const physicalFunction = vfioPhysicalFunction(state, device)
  const { rule, setsToken } = decideAccess({ device, physicalFunction, token })
  const others = device.physicalFunction === undefined ? [] : [device.physicalFunction]
  const result = answer(rule, device, others)
  if (result.outcome !== 'done') return { state, result }
  const next = setToken(state, device, setsToken)
  const refused = refusedAfter(state, device, container)
  if (refused) return { state: next, result: answer(refused, device, others) }
  return { state: opened(next, device, { holder, channel }), result }
}

function absent(state: HostState, address: string): Step {
  return { state, result: answer(openRules['open/no-device'], { address, driver: undefined }) }
}

/** The open is refused; the state stays, the answer names the group members at fault. */
export function refusedStep(
  state: HostState,
  device: FunctionState,
  rule: Rule,
  members: readonly FunctionState[] = [],
): Step {
  const addresses = members.map((member) => member.address)
  return { state, result: answer(rule, device, addresses) }
}

/** `VFIO_GROUP_GET_DEVICE_FD` on the group of `address` with the device name `name`, by `holder`. */
export function openByName(
  state: HostState,
  address: string,
  name: string,
  holder: string,
  options: OpenOptions = {},
): Step {
  const device = state.functions.get(address)
  if (device === undefined) return absent(state, address)
  const refused = refusedByGroup(state, device, holder, options.container ?? true)
  if (refused) return refusedStep(state, device, ...refused)
  if (name.length > longestDeviceName) return refusedStep(state, device, deviceNameRules['name/too-long'])
  if (!isVfioDriver(device.driver)) return refusedStep(state, device, openRules['open/not-bound-in-group'])
  if (device.leaving && !state.kernel.opensWhileLeaving) {
    return refusedStep(state, device, openRules['open/leaving'])
  }
  const parsed = parseDeviceName(name, address)
  if ('rule' in parsed) return refusedStep(state, device, parsed.rule)
  return accessed(state, device, holder, parsed.token, options)
}

/** `VFIO_DEVICE_SET_IRQS` for the request interrupt: the holder is told when the kernel wants the function back. */
export function registerChannel(state: HostState, address: string): Step {
  const device = state.functions.get(address)
  if (device?.opened === undefined) return notOpen(state, address)
  const next = { ...device, opened: { ...device.opened, channel: true } }
  return { state: withFunctions(state, [next]), result: answer(channelRules['channel/registered'], device) }
}

function notOpen(state: HostState, address: string): Step {
  const subject = state.functions.get(address) ?? { address, driver: undefined }
  return { state, result: answer(closeRules['close/not-open'], subject) }
}

/** Closes one descriptor of `address`; what waits for the function goes on after the last one. */
export function closeOne(state: HostState, address: string): Step {
  const device = state.functions.get(address)
  if (device?.opened === undefined) return notOpen(state, address)
  if (device.opened.count > 1) {
    const still = { ...device, opened: { ...device.opened, count: device.opened.count - 1 } }
    return { state: withFunctions(state, [still]), result: answer(closeRules['close/still-open'], device) }
  }
  const closed = { ...device, opened: undefined }
  const physicalFunction = vfioPhysicalFunction(state, device)
  if (physicalFunction?.vfToken === undefined) {
    return resume({ state: withFunctions(state, [closed]), result: answer(closeRules['close/closed'], device) })
  }
  const vfToken = { ...physicalFunction.vfToken, users: physicalFunction.vfToken.users - 1 }
  return resume({
    state: withFunctions(state, [closed, { ...physicalFunction, vfToken }]),
    result: answer(closeRules['close/vf-closed'], device, [physicalFunction.address]),
  })
}
