import { answer, defineRules } from './rule.ts'
import { type FunctionState, groupNeighbours, type HostState, isVfioDriver, type Step, withFunctions } from './state.ts'

export const bindRules = defineRules({
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
    why: 'driver_override of the function names another driver',
    todo: 'write the name of the driver into driver_override first',
  },
  'bind/pf-with-vfs': {
    outcome: 'refused',
    errno: 'EBUSY',
    log: 'Cannot bind to PF with SRIOV enabled',
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
    log: 'Relaying device request to user (#0)',
    why: 'the function, or a VF that would go with it, is open: the kernel asks its user to let go, and waits',
    todo: 'stop the domains that use the PF and its VFs first',
  },
  'unbind/pf-token-gone': {
    outcome: 'done',
    why: 'the token of the PF is gone, and so are the VFs that were created through vfio-pci',
  },
  'unbind/done': { outcome: 'done', why: 'the driver is unbound' },
})

function absent(state: HostState, address: string): Step {
  return { state, result: answer(bindRules['bind/no-device'], { address, driver: undefined }) }
}

/** Binds a driver to a function: writes its address into `/sys/bus/pci/drivers/DRIVER/bind`. */
export function bindDriver(state: HostState, address: string, driver: string): Step {
  const device = state.functions.get(address)
  if (device === undefined) return absent(state, address)
  if (device.driver !== undefined) return { state, result: answer(bindRules['bind/bound'], device) }
  if (device.driverOverride !== undefined && device.driverOverride !== driver) {
    return { state, result: answer(bindRules['bind/override'], device) }
  }
  return isVfioDriver(driver) ? bindVfio(state, device, driver) : bindKernelDriver(state, device, driver)
}

function bindVfio(state: HostState, device: FunctionState, driver: string): Step {
  const bound = { ...device, driver }
  if (device.sriov === undefined) return boundVirtualFunction(state, bound)
  if (device.virtualFunctions.length > 0) {
    return { state, result: answer(bindRules['bind/pf-with-vfs'], bound, device.virtualFunctions) }
  }
  return {
    state: withFunctions(state, [{ ...bound, vfToken: { uuid: undefined, users: 0 } }]),
    result: answer(bindRules['bind/pf-random-token'], device),
  }
}

function bindKernelDriver(state: HostState, device: FunctionState, driver: string): Step {
  const users = groupNeighbours(state, device).filter((member) => member.opened)
  if (users.length > 0) {
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

/** Unbinds the driver of a function. vfio-pci takes the VFs it created with it. */
export function unbindDriver(state: HostState, address: string): Step {
  const device = state.functions.get(address)
  if (device === undefined) return absent(state, address)
  if (device.driver === undefined) return { state, result: answer(unbindRules['unbind/not-bound'], device) }
  if (device.vfToken === undefined) {
    if (device.opened) return { state, result: answer(unbindRules['unbind/in-use'], device) }
    const unbound = { ...device, driver: undefined }
    return { state: withFunctions(state, [unbound]), result: answer(unbindRules['unbind/done'], device) }
  }
  const busy = [address, ...device.virtualFunctions]
    .map((member) => state.functions.get(member))
    .filter((member): member is FunctionState => member?.opened !== undefined)
  if (busy[0] !== undefined) {
    const result = answer(unbindRules['unbind/in-use'], busy[0], [address])
    return { state, result: { ...result, devices: [address, ...busy.map((member) => member.address)] } }
  }
  const unbound = { ...device, driver: undefined, vfToken: undefined, virtualFunctions: [] }
  return {
    state: withFunctions(state, [unbound], device.virtualFunctions),
    result: answer(unbindRules['unbind/pf-token-gone'], device, device.virtualFunctions),
  }
}

/** Writes `driver_override`; undefined clears it. */
export function overrideDriver(state: HostState, address: string, driver: string | undefined): Step {
  const device = state.functions.get(address)
  if (device === undefined) return absent(state, address)
  const changed = { ...device, driverOverride: driver }
  return { state: withFunctions(state, [changed]), result: answer(bindRules['bind/done'], device) }
}
