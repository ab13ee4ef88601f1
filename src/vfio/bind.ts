import { locked, proceed, relayed, unheard, waitLine } from './removal.ts'
import { answer, defineRules, logLine, type Rule } from './rule.ts'
import { type FunctionState, groupNeighbours, type HostState, isVfioDriver, type Step, withFunctions } from './state.ts'

export const bindRules = defineRules({
  'override/no-device': { outcome: 'refused', errno: 'ENOENT', why: 'the host has no such function' },
  'override/written': { outcome: 'done', why: 'only this driver is bound to the function from now on' },
  'bind/no-device': { outcome: 'refused', errno: 'ENODEV', why: 'the host has no such function' },
  'bind/bound': {
    outcome: 'refused',
    errno: 'EBUSY',
    why: 'another driver is bound to the function',
    todo: 'unbind it first',
  },
  'bind/override': {
    outcome: 'refused',
    errno: 'ENODEV',
    why: 'driver_override of the function names another driver, or names none and this driver is bound only so',
    todo: 'write the name of the driver into driver_override first',
  },
  'bind/id-unknown': {
    outcome: 'refused',
    errno: 'ENODEV',
    why: 'the driver does not know the id of the function, and driver_override does not name it',
    todo: 'write the name of the driver into driver_override first',
  },
  'bind/pf-with-vfs': {
    outcome: 'refused',
    errno: 'EBUSY',
    log: 'Cannot bind to PF with SR-IOV enabled',
    why: 'vfio-pci does not take a PF that has VFs already',
    todo: 'write 0 into sriov_numvfs before, bind the PF, then create the VFs through vfio-pci with enable_sriov',
  },
  'bind/group-in-use': {
    outcome: 'refused',
    errno: 'EBUSY',
    why: 'userspace owns the IOMMU group of the function: no driver of the host may be bound in it',
    todo: 'stop the user of the group first',
  },
  'bind/pf-random-token': {
    outcome: 'done',
    why: 'the PF has a random token now, that nobody knows until someone sets another',
  },
  'bind/vf-elsewhere': {
    outcome: 'done',
    log: 'VF {vf} bound to driver {driver} while PF bound to driver {pfDriver}',
    why: 'the administrator has declared the VF trusted: no token is asked for its use through this driver',
  },
  'bind/done': { outcome: 'done', why: 'the driver is bound' },
})

export const unbindRules = defineRules({
  'unbind/not-bound': { outcome: 'refused', errno: 'ENODEV', why: 'no driver is bound to the function' },
  'unbind/in-use': {
    outcome: 'waits',
    log: relayed,
    why: 'the function, or a VF that would go with it, is open: the kernel asks its user to let go, and waits',
    todo: 'stop the domains that use the PF and its VFs first',
  },
  'unbind/in-use-unheard': {
    outcome: 'waits',
    log: unheard,
    why: 'the function, or a VF that would go with it, is open, and its user cannot be asked: the kernel waits',
    todo: 'stop the users of the PF and its VFs first',
  },
  'unbind/pf-token-gone': {
    outcome: 'done',
    why: 'the token of the PF is gone, and so are the VFs that were created through vfio-pci',
  },
  'unbind/vfs-left': {
    outcome: 'done',
    log: 'driver left SR-IOV enabled after remove',
    why: 'the driver is unbound, and has left the VFs of the PF where they are',
    todo: 'write 0 into sriov_numvfs before, where they are to go',
  },
  'unbind/done': { outcome: 'done', why: 'the driver is unbound' },
})

function absent(state: HostState, address: string): Step {
  return { state, result: answer(bindRules['bind/no-device'], { address, driver: undefined }) }
}

/** vfio-pci and pci-stub have no ids of their own: they take what `driver_override` gives them. */
function takesOnlyOverride(driver: string): boolean {
  return isVfioDriver(driver) || driver === 'pci-stub' || driver === 'pci-pf-stub'
}

/** Whether the core offers the function to the driver at all. */
function mismatch(device: FunctionState, driver: string) {
  const { driverOverride, kernelDrivers } = device
  if (driverOverride !== undefined) return driverOverride === driver ? undefined : bindRules['bind/override']
  if (takesOnlyOverride(driver)) return bindRules['bind/override']
  return kernelDrivers?.includes(driver) === false ? bindRules['bind/id-unknown'] : undefined
}

/** Binds a driver to a function: writes its address into `/sys/bus/pci/drivers/DRIVER/bind`. */
export function bindDriver(state: HostState, address: string, driver: string): Step {
  const device = state.functions.get(address)
  if (device === undefined) return absent(state, address)
  const mismatched = mismatch(device, driver)
  if (mismatched === undefined) {
    const held = locked(state, device)
    if (held) return held
  }
  const refused = mismatched ?? (device.driver === undefined ? undefined : bindRules['bind/bound'])
  if (refused) return { state, result: answer(refused, device) }
  return isVfioDriver(driver) ? bindVfio(state, device, driver) : bindOther(state, device, driver)
}

/** The line of the driver core for a probe that failed with `EBUSY`. */
function probeFailed(state: HostState, { address }: FunctionState, driver: string): string {
  return state.kernel.probeFailedWithDriver
    ? logLine({ address, driver }, `probe with driver ${driver} failed with error -16`)
    : `${driver}: probe of ${address} failed with error -16`
}

function bindVfio(state: HostState, device: FunctionState, driver: string): Step {
  const bound = { ...device, driver }
  if (device.sriov === undefined) return boundVirtualFunction(state, bound)
  if (device.virtualFunctions.length > 0) {
    const result = answer(bindRules['bind/pf-with-vfs'], bound, device.virtualFunctions)
    return { state, result: { ...result, log: [...result.log, probeFailed(state, device, driver)] } }
  }
  return {
    state: withFunctions(state, [{ ...bound, vfToken: { uuid: undefined, users: 0 } }]),
    result: answer(bindRules['bind/pf-random-token'], device),
  }
}

/** pci-stub lets userspace have the group of its functions; a driver that uses DMA of the host does not. */
function bindOther(state: HostState, device: FunctionState, driver: string): Step {
  const users = groupNeighbours(state, device).filter((member) => member.opened)
  if (users.length > 0 && driver !== 'pci-stub') {
    const addresses = users.map((member) => member.address)
    return { state, result: answer(bindRules['bind/group-in-use'], device, addresses) }
  }
  return boundVirtualFunction(state, { ...device, driver })
}

/** The PF's vfio-pci watches its VFs and notes each that is bound to another driver than its own. */
function boundVirtualFunction(state: HostState, bound: FunctionState & { driver: string }): Step {
  const next = withFunctions(state, [bound])
  const physicalFunction = bound.physicalFunction && state.functions.get(bound.physicalFunction)
  if (!physicalFunction || physicalFunction.vfToken === undefined || physicalFunction.driver === bound.driver) {
    return { state: next, result: answer(bindRules['bind/done'], bound) }
  }
  const values = { vf: bound.address, driver: bound.driver, pfDriver: physicalFunction.driver ?? '' }
  const result = answer(bindRules['bind/vf-elsewhere'], physicalFunction, [], values)
  return { state: next, result: { ...result, devices: [bound.address, physicalFunction.address] } }
}

/**
 * Unbinds the driver of a function: writes its address into `unbind` of `driver`, by default the one that is bound.
 * vfio-pci takes the VFs it created with it.
 */
export function unbindDriver(state: HostState, address: string, driver?: string): Step {
  const device = state.functions.get(address)
  if (device === undefined) return absent(state, address)
  if (device.driver === undefined || (driver !== undefined && driver !== device.driver)) {
    return { state, result: answer(unbindRules['unbind/not-bound'], device) }
  }
  const held = locked(state, device)
  if (held) return held
  const { state: next, waitsFor } = proceed(state, { address, kind: 'unbind' })
  if (waitsFor === undefined) {
    return { state: next, result: answer(unbound(device, next), device, device.virtualFunctions) }
  }
  const rule = unbindRules[waitsFor.opened?.channel ? 'unbind/in-use' : 'unbind/in-use-unheard']
  const busy = [address, ...device.virtualFunctions].filter((member) => state.functions.get(member)?.opened)
  const devices = [address, ...busy.filter((member) => member !== address)]
  return { state: next, result: { ...answer(rule, waitsFor), log: [waitLine(waitsFor)], devices } }
}

function unbound(device: FunctionState, { functions }: HostState): Rule {
  if (device.vfToken !== undefined) return unbindRules['unbind/pf-token-gone']
  const left = functions.get(device.address)?.virtualFunctions.length ?? 0
  return left > 0 ? unbindRules['unbind/vfs-left'] : unbindRules['unbind/done']
}

/** Writes `driver_override`; undefined clears it. */
export function overrideDriver(state: HostState, address: string, driver: string | undefined): Step {
  const device = state.functions.get(address)
  if (device === undefined) {
    return { state, result: answer(bindRules['override/no-device'], { address, driver: undefined }) }
  }
  const held = locked(state, device)
  if (held) return held
  const changed = { ...device, driverOverride: driver }
  return { state: withFunctions(state, [changed]), result: answer(bindRules['override/written'], device) }
}
