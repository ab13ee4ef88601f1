/**
 * What each model of PCI controller offers downstream.
 * Source: libvirt's formatdomain (Controllers) and "PCI topology and hotplug"; QEMU's docs/pcie.txt.
 */
import type { PciControllerModel, PciPlug } from './types.ts'

export interface BusRule {
  readonly firstSlot: number
  readonly lastSlot: number
  readonly accepts: ReadonlySet<PciPlug>
  /** Endpoints are placed here without being told to. */
  readonly autoAssign: boolean
  /** A device can be added and removed while the guest runs. */
  readonly hotplug: boolean
}

const rule = (
  firstSlot: number,
  lastSlot: number,
  accepts: readonly PciPlug[],
  flags: { autoAssign: boolean; hotplug: boolean },
): BusRule => ({ firstSlot, lastSlot, accepts: new Set(accepts), ...flags })

const EXPRESS_PORT = ['pcie', 'pcie-switch-upstream-port', 'pcie-to-pci-bridge'] as const

export const BUS_RULES: Readonly<Record<PciControllerModel, BusRule>> = {
  'pci-root': rule(1, 31, ['pci', 'pci-bridge', 'pci-expander-bus'], { autoAssign: true, hotplug: true }),
  'pcie-root': rule(1, 31, ['pcie', 'pcie-root-port', 'dmi-to-pci-bridge', 'pcie-expander-bus'], {
    autoAssign: false,
    hotplug: false,
  }),
  'pci-bridge': rule(1, 31, ['pci', 'pci-bridge'], { autoAssign: true, hotplug: true }),
  'dmi-to-pci-bridge': rule(0, 31, ['pci', 'pci-bridge'], { autoAssign: false, hotplug: false }),
  'pcie-to-pci-bridge': rule(1, 31, ['pci', 'pci-bridge'], { autoAssign: true, hotplug: true }),
  'pcie-root-port': rule(0, 0, EXPRESS_PORT, { autoAssign: true, hotplug: true }),
  'pcie-switch-upstream-port': rule(0, 31, ['pcie-switch-downstream-port'], { autoAssign: true, hotplug: false }),
  'pcie-switch-downstream-port': rule(0, 0, EXPRESS_PORT, { autoAssign: true, hotplug: true }),
  'pci-expander-bus': rule(0, 31, ['pci', 'pci-bridge'], { autoAssign: true, hotplug: false }),
  'pcie-expander-bus': rule(0, 31, ['pcie-root-port', 'dmi-to-pci-bridge'], { autoAssign: false, hotplug: false }),
}

export const isRoot = (model: PciControllerModel): model is 'pci-root' | 'pcie-root' =>
  model === 'pci-root' || model === 'pcie-root'

export const isEndpoint = (plug: PciPlug): plug is 'pci' | 'pcie' => plug === 'pci' || plug === 'pcie'

/** Bridges of this kind share the functions of one slot. */
export const aggregates = (plug: PciPlug): boolean => plug === 'pcie-root-port'

/** A bus of this model takes a controller of this model. */
export const sitsOnItself = (model: PciControllerModel): boolean =>
  !isRoot(model) && BUS_RULES[model].accepts.has(model)

/**
 * Does a bus take this plug where the user says so? Endpoints of both kinds, and a pci-bridge as one of them, fit any
 * slot for endpoints; other bridges only where their model belongs. Source: oracle (11.3), a pci-bridge in a root port.
 */
export function fits(bus: BusRule, plug: PciPlug): boolean {
  const asEndpoint = isEndpoint(plug) || plug === 'pci-bridge'
  return bus.accepts.has(plug) || (asEndpoint && (bus.accepts.has('pci') || bus.accepts.has('pcie')))
}
