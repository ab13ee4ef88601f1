import { decideAccess } from './access/variants.ts'
import { leavesGroupAlone, opened, openRules, refusedStep, setToken } from './open.ts'
import { answer, defineRules, type Rule } from './rule.ts'
import {
  type FunctionState,
  groupNeighbours,
  type HostState,
  isVfioDriver,
  type Step,
  vfioPhysicalFunction,
} from './state.ts'

export const iommufdRules = defineRules({
  'iommufd/token-unchecked': {
    outcome: 'done',
    why: 'this kernel does not ask for the token when a device is bound to an iommufd; no token is set either',
  },
  'iommufd/no-device': {
    outcome: 'refused',
    errno: 'ENOENT',
    why: 'the host has no such function',
    todo: 'compare the address with lspci -D; VFs are there only after sriov_numvfs has been written',
  },
  'iommufd/no-file': {
    outcome: 'refused',
    errno: 'ENOENT',
    why: 'the function is not bound to vfio-pci, or is being removed: it has no file in /dev/vfio/devices',
    todo: "bind it to vfio-pci, or let libvirt do it with managed='yes'",
  },
  'iommufd/token-unknown': {
    outcome: 'refused',
    errno: 'EINVAL',
    why: 'this kernel knows no token on the way through an iommufd',
    todo: 'hand over no token, or open the function through its group',
  },
  'iommufd/second': {
    outcome: 'refused',
    errno: 'EINVAL',
    why: 'the function is bound to an iommufd already: this way it opens once',
  },
  'iommufd/group-taken': {
    outcome: 'refused',
    errno: 'EPERM',
    why: 'another function of the IOMMU group is in use',
    todo: 'give all functions of an IOMMU group to the same user',
  },
})

/** What stands before the token: the file, the flag, and who has the group in the other way. */
function refusedBefore(
  state: HostState,
  device: FunctionState,
  token: string | undefined,
): [Rule, FunctionState[]] | undefined {
  if (!isVfioDriver(device.driver) || device.leaving) return [iommufdRules['iommufd/no-file'], []]
  if (token !== undefined && !state.kernel.iommufdChecksToken) return [iommufdRules['iommufd/token-unknown'], []]
  const held = [device, ...groupNeighbours(state, device)].filter(({ opened: by }) => by && !by.iommufd)
  return held.length > 0 ? [openRules['open/busy'], held] : undefined
}

/** What stands behind the token; a token that was given to a PF stays set where it refuses. */
function refusedAfter(state: HostState, device: FunctionState, holder: string): [Rule, FunctionState[]] | undefined {
  if (device.opened) return [iommufdRules['iommufd/second'], []]
  const neighbours = groupNeighbours(state, device)
  const taken = neighbours.filter(({ opened: by }) => by && by.holder !== holder)
  if (taken.length > 0) return [iommufdRules['iommufd/group-taken'], taken]
  const native = neighbours.filter((member) => !leavesGroupAlone(member))
  if (native.length > 0) return [openRules['open/group-not-viable'], native]
  return state.removal?.address === device.address ? [openRules['open/pf-locked'], []] : undefined
}

/** Older kernels ask for no token here; newer ones decide by the same rules as on the way through the group. */
function accessed(state: HostState, device: FunctionState, token: string | undefined): Step {
  if (!state.kernel.iommufdChecksToken) {
    return { state, result: answer(iommufdRules['iommufd/token-unchecked'], device) }
  }
  const physicalFunction = vfioPhysicalFunction(state, device)
  const { rule, setsToken } = decideAccess({ device, physicalFunction, token })
  const others = device.physicalFunction === undefined ? [] : [device.physicalFunction]
  return { state: setToken(state, device, setsToken), result: answer(rule, device, others) }
}

/**
 * `VFIO_DEVICE_BIND_IOMMUFD` on the file of a function, with an iommufd of the holder's. QEMU hands over no token on
 * this way.
 */
export function bindIommufd(
  state: HostState,
  address: string,
  holder: string,
  { token, channel = false }: { readonly token?: string | undefined; readonly channel?: boolean } = {},
): Step {
  const device = state.functions.get(address)
  if (device === undefined) {
    return { state, result: answer(iommufdRules['iommufd/no-device'], { address, driver: undefined }) }
  }
  const before = refusedBefore(state, device, token)
  if (before) return refusedStep(state, device, ...before)
  const { state: next, result } = accessed(state, device, token)
  if (result.outcome !== 'done') return { state, result }
  const after = refusedAfter(state, device, holder)
  if (after) return refusedStep(next, device, ...after)
  return { state: opened(next, device, { holder, channel, iommufd: true }), result }
}
