import type { KernelBehaviour } from './kernel.ts'
import type { Result } from './rule.ts'

/** The shared secret of a PF that vfio-pci drives. */
export interface VfToken {
  /** Undefined while it is the random one made at bind: nobody can read it. */
  readonly uuid: string | undefined
  /** VFs in use, each counted once however often it is open. */
  readonly users: number
}

/** SR-IOV capability of a PF. */
export interface SriovCapability {
  /** The most VFs, as `sriov_totalvfs` says. */
  readonly totalVfs: number
  /** A driver that allows less, for the time that it is bound (`pci_sriov_set_totalvfs`). */
  readonly driverLimit?: { readonly driver: string; readonly totalVfs: number }
  /** The driver of the host that takes VFs as soon as they are there; undefined where none does, or none is known. */
  readonly vfDriver?: string | undefined
  /** First VF's routing id minus the PF's, and the step from one VF to the next. */
  readonly offset: number
  readonly stride: number
}

/** Who has a function open: one process (QEMU of one domain), and how many descriptors. */
export interface Opened {
  readonly holder: string
  readonly count: number
  /** The holder has asked to be told when the kernel wants the function back (`VFIO_PCI_REQ_IRQ_INDEX`); QEMU does. */
  readonly channel: boolean
  /** Through an iommufd: this way a function opens once, and its group not at all. */
  readonly iommufd?: boolean
}

/** A removal of functions that are open: it goes on when their holder lets go. */
export interface Removal {
  /** The function whose VFs or whose driver are to go. */
  readonly address: string
  readonly kind: 'disable' | 'unbind'
}

/** One PCI function as the model sees it. */
export interface FunctionState {
  /** `dddd:bb:ss.f`, lower case. */
  readonly address: string
  readonly driver: string | undefined
  readonly driverOverride: string | undefined
  /** Drivers of the host that know the function by its id; undefined: unknown, any may. */
  readonly kernelDrivers: readonly string[] | undefined
  readonly iommuGroup: number | undefined
  /** A PCI bridge: its driver does not stand in the way of its IOMMU group. */
  readonly bridge: boolean
  readonly physicalFunction: string | undefined
  readonly sriov: SriovCapability | undefined
  /** Addresses of the VFs of a PF. */
  readonly virtualFunctions: readonly string[]
  /** There from bind to unbind of a PF by vfio-pci. */
  readonly vfToken: VfToken | undefined
  readonly opened: Opened | undefined
  /** A removal waits for who has it open. */
  readonly leaving: boolean
}

/** Everything the rules read. Never changed in place. */
export interface HostState {
  readonly functions: ReadonlyMap<string, FunctionState>
  /** IOMMU group to the addresses in it. */
  readonly groups: ReadonlyMap<number, readonly string[]>
  /** Module option of vfio-pci. */
  readonly enableSriov: boolean
  readonly kernel: KernelBehaviour
  /** At most one is in the model at a time: what comes behind it in the kernel waits for the same lock. */
  readonly removal: Removal | undefined
}

/** The state after a request, and the answer. A refused request leaves the state as it was. */
export interface Step {
  readonly state: HostState
  readonly result: Result
}

/** vfio-pci and the drivers built on its core (mlx5_vfio_pci, nvgrace_gpu_vfio_pci …), which follow the same rules. */
export function isVfioDriver(driver: string | undefined): driver is string {
  return driver !== undefined && /(^|_)vfio[-_]pci$/.test(driver)
}

/** The PF of a VF, where vfio-pci drives it. */
export function vfioPhysicalFunction(state: HostState, device: FunctionState): FunctionState | undefined {
  if (device.physicalFunction === undefined) return undefined
  const physicalFunction = state.functions.get(device.physicalFunction)
  return physicalFunction?.vfToken === undefined ? undefined : physicalFunction
}

/** The other functions of the device's IOMMU group. */
export function groupNeighbours(state: HostState, device: FunctionState): FunctionState[] {
  const members = device.iommuGroup === undefined ? [] : (state.groups.get(device.iommuGroup) ?? [])
  return members
    .filter((address) => address !== device.address)
    .map((address) => state.functions.get(address))
    .filter((member): member is FunctionState => member !== undefined)
}

/** The state with some functions replaced, and others gone. */
export function withFunctions(
  state: HostState,
  changed: readonly FunctionState[],
  gone: readonly string[] = [],
): HostState {
  const functions = new Map(state.functions)
  for (const address of gone) functions.delete(address)
  for (const device of changed) functions.set(device.address, device)
  return { ...state, functions }
}
