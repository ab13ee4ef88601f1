import { bindDriver, overrideDriver, unbindDriver } from './bind.ts'
import { formatDeviceName } from './device-name.ts'
import { deviceFeature, type FeatureRequest } from './feature.ts'
import { bindIommufd } from './iommufd.ts'
import { kernelBehaviour } from './kernel.ts'
import { closeOne, type OpenOptions, openByName, registerChannel } from './open.ts'
import type { Result } from './rule.ts'
import { configureSriov } from './sriov.ts'
import { type FunctionState, groupNeighbours, type HostState, isVfioDriver, type Step } from './state.ts'

/** What the model has to know of a function to begin with. */
export type FunctionFacts = Pick<FunctionState, 'address'> &
  Partial<
    Pick<
      FunctionState,
      'driver' | 'driverOverride' | 'kernelDrivers' | 'iommuGroup' | 'bridge' | 'physicalFunction' | 'sriov'
    >
  >

export interface HostOptions {
  readonly enableSriov?: boolean
  /** As `uname -r` prints it; the newest known where it is not told. */
  readonly kernelVersion?: string | undefined
}

/** The host after a request, and the kernel's answer to it. */
export interface Moved {
  readonly host: VfioHost
  readonly result: Result
}

/**
 * The kernel's side of VFIO on one host, as a state machine. No method changes the host it is called on: each gives
 * the host that comes after, and the answer. Source of the rules: the behaviour of vfio-pci in Linux 6.
 */
export class VfioHost {
  private readonly state: HostState

  private constructor(state: HostState) {
    this.state = state
  }

  /** A host where nothing is open yet, and every PF bound to vfio-pci has the random token of its bind. */
  static of(facts: Iterable<FunctionFacts>, options: HostOptions = {}): VfioHost {
    const all = [...facts]
    const functions = new Map<string, FunctionState>()
    const groups = new Map<number, string[]>()
    const virtualFunctions = new Map<string, string[]>()
    for (const { address, physicalFunction, iommuGroup } of all) {
      if (physicalFunction !== undefined) append(virtualFunctions, physicalFunction, address)
      if (iommuGroup !== undefined) append(groups, iommuGroup, address)
    }
    for (const fact of all) {
      const vfioPf = fact.sriov !== undefined && isVfioDriver(fact.driver)
      functions.set(fact.address, {
        address: fact.address,
        driver: fact.driver,
        driverOverride: fact.driverOverride,
        kernelDrivers: fact.kernelDrivers,
        iommuGroup: fact.iommuGroup,
        bridge: fact.bridge ?? false,
        physicalFunction: fact.physicalFunction,
        sriov: fact.sriov,
        virtualFunctions: virtualFunctions.get(fact.address) ?? [],
        vfToken: vfioPf ? { uuid: undefined, users: 0 } : undefined,
        opened: undefined,
        leaving: false,
      })
    }
    const { enableSriov = false, kernelVersion } = options
    const kernel = kernelBehaviour(kernelVersion)
    return new VfioHost({ functions, groups, enableSriov, kernel, removal: undefined })
  }

  private moved({ state, result }: Step): Moved {
    return { host: state === this.state ? this : new VfioHost(state), result }
  }

  device(address: string): FunctionState | undefined {
    return this.state.functions.get(address)
  }

  get devices(): FunctionState[] {
    return [...this.state.functions.values()]
  }

  /** The other functions of the IOMMU group of `address`. */
  neighbours(address: string): FunctionState[] {
    const device = this.device(address)
    return device === undefined ? [] : groupNeighbours(this.state, device)
  }

  bind(address: string, driver: string): Moved {
    return this.moved(bindDriver(this.state, address, driver))
  }

  /** Whether a removal waits for who has a function open. */
  get waits(): boolean {
    return this.state.removal !== undefined
  }

  get enableSriov(): boolean {
    return this.state.enableSriov
  }

  /** The host with the module option `enable_sriov` of vfio-pci as told. */
  withEnableSriov(enableSriov: boolean): VfioHost {
    return new VfioHost({ ...this.state, enableSriov })
  }

  /** `driver`: into whose `unbind` the address is written; by default the one that is bound. */
  unbind(address: string, driver?: string): Moved {
    return this.moved(unbindDriver(this.state, address, driver))
  }

  overrideDriver(address: string, driver: string | undefined): Moved {
    return this.moved(overrideDriver(this.state, address, driver))
  }

  /** Opens through the group with a device name as userspace writes it, options included. */
  openByName(address: string, name: string, holder: string, options?: OpenOptions): Moved {
    return this.moved(openByName(this.state, address, name, holder, options))
  }

  /** Opens through the group as QEMU does: the name, and the token where there is one; it lets itself be asked. */
  open(address: string, holder: string, token?: string): Moved {
    return this.openByName(address, formatDeviceName(address, token), holder, { channel: true })
  }

  registerChannel(address: string): Moved {
    return this.moved(registerChannel(this.state, address))
  }

  /** Opens through an iommufd with a token or none, and lets itself be asked or not. */
  bindIommufd(address: string, holder: string, options?: { token?: string | undefined; channel?: boolean }): Moved {
    return this.moved(bindIommufd(this.state, address, holder, options))
  }

  close(address: string): Moved {
    return this.moved(closeOne(this.state, address))
  }

  feature(address: string, request: FeatureRequest): Moved {
    return this.moved(deviceFeature(this.state, address, request))
  }

  configureSriov(address: string, count: number): Moved {
    return this.moved(configureSriov(this.state, address, count))
  }
}

function append<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}
