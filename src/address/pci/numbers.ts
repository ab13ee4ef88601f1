/**
 * The numbers of PCI controllers that the guest sees: QEMU's device, chassis, port, bus number, host bridge index.
 * Source: formatdomain (Controllers, `<model>` and `<target>` of PCI controllers); ports as the goldens show them.
 */
import { type AddressProblem, addressError } from '../problem.ts'
import { controllerName, type PlannedController } from './seat.ts'
import type { PciAddress, PciControllerModel, PciControllerTarget, PciTopology } from './types.ts'

/** Bus numbers of expander buses are taken from the top, two at a time: the bus, and one for what plugs into it. */
const BUS_NUMBERS = 256
const BUS_NUMBERS_EACH = 2
const MAX_HOST_BRIDGE = 30

const MODEL_NAMES: Readonly<Partial<Record<PciControllerModel, string>>> = {
  'pci-bridge': 'pci-bridge',
  'dmi-to-pci-bridge': 'i82801b11-bridge',
  'pcie-to-pci-bridge': 'pcie-pci-bridge',
  'pcie-switch-upstream-port': 'x3130-upstream',
  'pcie-switch-downstream-port': 'xio3130-downstream',
  'pci-expander-bus': 'pxb',
  'pcie-expander-bus': 'pxb-pcie',
}

export function modelNameOf(controller: PlannedController, topology: PciTopology): string | undefined {
  if (controller.modelName !== undefined) return controller.modelName
  if (controller.model === 'pci-root' && topology.hostBridges === 'many') return 'spapr-pci-host-bridge'
  if (controller.model === 'pcie-root-port') return topology.capabilities.pcieRootPort ? 'pcie-root-port' : 'ioh3420'
  return MODEL_NAMES[controller.model]
}

/** Hands out numbers over all controllers, the user's first. Problems: `address/pci-bus-number`, `address/pci-host-bridge-index`. */
export class ControllerNumbers {
  readonly problems: AddressProblem[] = []
  readonly #busNumbers = new Map<string, number>()
  readonly #hostBridges = new Map<string, number>()

  constructor(topology: PciTopology, controllers: readonly PlannedController[]) {
    this.#numberExpanders(controllers.filter(isExpander))
    if (topology.hostBridges === 'many') this.#numberHostBridges(controllers.filter((c) => c.model === 'pci-root'))
  }

  targetOf(controller: PlannedController, address: PciAddress | undefined): PciControllerTarget {
    const given = controller.target ?? {}
    switch (controller.model) {
      case 'pci-bridge':
        return { ...given, chassisNr: given.chassisNr ?? controller.index }
      case 'pcie-root-port':
        // the slot and function of its place, so that ports of one slot differ
        return this.#port(controller, address && (address.slot << 3) | address.function)
      case 'pcie-switch-downstream-port':
        return this.#port(controller, address?.slot)
      case 'pci-expander-bus':
      case 'pcie-expander-bus':
        return withNumber(given, 'busNr', this.#busNumbers.get(controller.id))
      case 'pci-root':
        return withNumber(given, 'index', this.#hostBridges.get(controller.id))
      default:
        return given
    }
  }

  #port(controller: PlannedController, port: number | undefined): PciControllerTarget {
    const given = controller.target ?? {}
    return withNumber({ ...given, chassis: given.chassis ?? controller.index }, 'port', given.port ?? port)
  }

  #numberExpanders(expanders: readonly PlannedController[]): void {
    let lowest = BUS_NUMBERS
    for (const { id, target } of expanders) {
      if (target?.busNr === undefined) continue
      this.#busNumbers.set(id, target.busNr)
      lowest = Math.min(lowest, target.busNr)
    }
    for (const controller of expanders) {
      if (this.#busNumbers.has(controller.id)) continue
      lowest -= BUS_NUMBERS_EACH
      if (lowest < 1)
        this.#refuse(controller, 'pci-bus-number', 'no bus number is left', 'give busNr of the others higher values')
      else this.#busNumbers.set(controller.id, lowest)
    }
  }

  /** The default host bridge is 0 in both index and target index. */
  #numberHostBridges(roots: readonly PlannedController[]): void {
    const used = new Set<number>()
    for (const controller of roots) {
      const number = controller.target?.index
      if (number === undefined) continue
      const hint = `use 1 to ${MAX_HOST_BRIDGE}, and 0 for the controller with index 0 alone`
      if ((number === 0) !== (controller.index === 0) || number > MAX_HOST_BRIDGE || number < 0) {
        this.#refuse(controller, 'pci-host-bridge-index', `target index ${number} does not suit it`, hint)
      } else if (used.has(number)) {
        this.#refuse(controller, 'pci-host-bridge-index', `target index ${number} is in use`, hint)
      }
      used.add(number)
      this.#hostBridges.set(controller.id, number)
    }
    let next = 1
    for (const controller of roots) {
      if (this.#hostBridges.has(controller.id)) continue
      while (used.has(next)) next++
      const number = controller.index === 0 ? 0 : next
      used.add(number)
      if (number > MAX_HOST_BRIDGE) this.#refuse(controller, 'pci-host-bridge-index', 'no target index is left')
      else this.#hostBridges.set(controller.id, number)
    }
  }

  #refuse({ id, index, model }: PlannedController, code: string, message: string, hint?: string): void {
    this.problems.push(addressError(code, `${controllerName(index, model)}: ${message}`, [id], hint))
  }
}

const isExpander = ({ model }: PlannedController): boolean =>
  model === 'pci-expander-bus' || model === 'pcie-expander-bus'

const withNumber = (
  target: PciControllerTarget,
  key: 'port' | 'busNr' | 'index',
  value: number | undefined,
): PciControllerTarget => (value === undefined ? target : { ...target, [key]: value })
