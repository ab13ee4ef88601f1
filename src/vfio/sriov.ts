import { pciName } from '../fragments/pci-address.ts'
import { parseAddress } from './address.ts'
import { locked, proceed, relayed, unheard, waitLine } from './removal.ts'
import { answer, defineRules, logLine, type Rule } from './rule.ts'
import { type FunctionState, type HostState, isVfioDriver, type Step, withFunctions } from './state.ts'

export const sriovRules = defineRules({
  'sriov/not-a-pf': {
    outcome: 'refused',
    errno: 'ENOENT',
    why: 'the function has no SR-IOV capability, hence no sriov_numvfs',
  },
  'sriov/malformed': { outcome: 'refused', errno: 'EINVAL', why: 'the number is not an integer of 0 to 65535' },
  'sriov/too-many': { outcome: 'refused', errno: 'ERANGE', why: 'the PF cannot have so many VFs (sriov_totalvfs)' },
  'sriov/unchanged': { outcome: 'done', why: 'the PF has that many VFs already' },
  'sriov/no-driver': {
    outcome: 'refused',
    errno: 'ENOENT',
    log: 'no driver bound to device; cannot configure SR-IOV',
    why: 'no driver is bound to the PF',
  },
  'sriov/driver-cannot': {
    outcome: 'refused',
    errno: 'ENOENT',
    log: 'driver does not support SR-IOV configuration via sysfs',
    why: 'the driver of the PF cannot create VFs',
    todo: 'bind the PF to vfio-pci itself',
  },
  'sriov/already-enabled': {
    outcome: 'refused',
    errno: 'EBUSY',
    log: '{enabled} VFs already enabled. Disable before enabling {wanted} VFs',
    why: 'the PF has VFs, in another number',
    todo: 'write 0 into sriov_numvfs first',
  },
  'sriov/option-off': {
    outcome: 'refused',
    errno: 'ENOENT',
    why: 'the module option enable_sriov of vfio-pci is off',
    todo: 'load vfio-pci with enable_sriov=1, or write 1 into /sys/module/vfio_pci/parameters/enable_sriov',
  },
  'sriov/vfs-in-use': {
    outcome: 'waits',
    log: relayed,
    why: 'VFs that would go are open: the kernel asks their users to let go, and waits',
    todo: 'stop the domains that use the VFs first',
  },
  'sriov/vfs-in-use-unheard': {
    outcome: 'waits',
    log: unheard,
    why: 'VFs that would go are open, and their users cannot be asked: the kernel waits',
    todo: 'stop the users of the VFs first',
  },
  'sriov/disabled': { outcome: 'done', why: 'the VFs are gone; the token of the PF stays' },
  'sriov/captured': {
    outcome: 'done',
    log: 'Captured SR-IOV VF {vf} driver_override',
    why: 'the VFs are there, with driver_override set to the driver of the PF and bound to it',
  },
  'sriov/enabled': {
    outcome: 'done',
    why: 'the VFs are there; a driver of the host may take them at once, since that of the PF is not vfio-pci',
  },
})

/** Addresses of the first `count` VFs: routing ids from the PF's on, over bus limits where they go so far. */
export function virtualFunctionAddresses(
  physicalFunction: Pick<FunctionState, 'address' | 'sriov'>,
  count: number,
): string[] {
  const capability = physicalFunction.sriov
  const base = parseAddress(physicalFunction.address)
  if (capability === undefined || base === undefined) return []
  const first = (base.bus << 8) + (base.slot << 3) + base.function + capability.offset
  return Array.from({ length: count }, (_, index) => {
    const id = first + index * capability.stride
    return pciName({ domain: base.domain, bus: id >> 8, slot: (id >> 3) & 0x1f, function: id & 7 })
  })
}

/** pci-stub, and the variant drivers of vfio-pci. */
function cannotConfigure(driver: string): boolean {
  return driver === 'pci-stub' || (isVfioDriver(driver) && driver !== 'vfio-pci')
}

function refusal(state: HostState, device: FunctionState, count: number): Rule | undefined {
  if (device.sriov === undefined) return sriovRules['sriov/not-a-pf']
  if (!Number.isInteger(count) || count < 0 || count > 0xffff) return sriovRules['sriov/malformed']
  const { totalVfs, driverLimit } = device.sriov
  const limit = driverLimit !== undefined && driverLimit.driver === device.driver ? driverLimit.totalVfs : totalVfs
  if (count > limit) return sriovRules['sriov/too-many']
  if (count === device.virtualFunctions.length) return sriovRules['sriov/unchanged']
  if (device.driver === undefined) return sriovRules['sriov/no-driver']
  if (cannotConfigure(device.driver)) return sriovRules['sriov/driver-cannot']
  if (count > 0 && device.virtualFunctions.length > 0) return sriovRules['sriov/already-enabled']
  if (device.vfToken !== undefined && !state.enableSriov) return sriovRules['sriov/option-off']
  return undefined
}

/** Writes `count` into `sriov_numvfs` of a PF. */
export function configureSriov(state: HostState, address: string, count: number): Step {
  const device = state.functions.get(address)
  if (device === undefined) {
    return { state, result: answer(sriovRules['sriov/not-a-pf'], { address, driver: undefined }) }
  }
  const held = locked(state, device)
  if (held && device.sriov !== undefined) return held
  const refused = refusal(state, device, count)
  if (refused) {
    const values = { enabled: `${device.virtualFunctions.length}`, wanted: `${count}` }
    return { state, result: answer(refused, device, [], values) }
  }
  return count === 0 ? disable(state, device) : enable(state, device, count)
}

function disable(state: HostState, device: FunctionState): Step {
  const gone = device.virtualFunctions
  const { state: next, waitsFor } = proceed(state, { address: device.address, kind: 'disable' })
  if (waitsFor === undefined) return { state: next, result: answer(sriovRules['sriov/disabled'], device, gone) }
  const rule = sriovRules[waitsFor.opened?.channel ? 'sriov/vfs-in-use' : 'sriov/vfs-in-use-unheard']
  const busy = gone.filter((member) => state.functions.get(member)?.opened)
  const devices = [device.address, ...busy]
  return { state: next, result: { ...answer(rule, waitsFor), log: [waitLine(waitsFor)], devices } }
}

function enable(state: HostState, device: FunctionState, count: number): Step {
  const addresses = virtualFunctionAddresses(device, count)
  const captor = device.vfToken === undefined ? undefined : device.driver
  const born = addresses.map((address): FunctionState => {
    return {
      address,
      driver: captor ?? device.sriov?.vfDriver,
      driverOverride: captor,
      kernelDrivers: device.sriov?.vfDriver === undefined ? undefined : [device.sriov.vfDriver],
      iommuGroup: groupOf(state, address),
      bridge: false,
      physicalFunction: device.address,
      sriov: undefined,
      virtualFunctions: [],
      vfToken: undefined,
      opened: undefined,
      leaving: false,
    }
  })
  const rule = captor === undefined ? sriovRules['sriov/enabled'] : sriovRules['sriov/captured']
  const log = captor === undefined ? [] : addresses.map((vf) => logLine(device, capturedText(vf)))
  return {
    state: withFunctions(state, [{ ...device, virtualFunctions: addresses }, ...born]),
    result: { ...answer(rule, device, addresses), log },
  }
}

function capturedText(vf: string): string {
  return sriovRules['sriov/captured'].log?.replace('{vf}', vf) ?? ''
}

/** A VF that comes back stands in the group it stood in before. */
function groupOf(state: HostState, address: string): number | undefined {
  for (const [group, members] of state.groups) if (members.includes(address)) return group
  return undefined
}
