import type { Flag } from '../../capabilities/flags.ts'
import type { Context } from '../../context/context.ts'
import type { Gate } from '../../context/unit.ts'
import { own } from '../../own.ts'
import type { Controller, PciController } from './element.ts'

type Model = PciController['model']
type Target = NonNullable<PciController['target']>

/** What each number of `<target>` is for (formatdomain, "Controllers"). */
const ownersOf: { readonly [K in keyof Target]: readonly Model[] } = {
  chassisNr: ['pci-bridge'],
  chassis: ['pcie-root-port', 'pcie-switch-downstream-port'],
  port: ['pcie-root-port', 'pcie-switch-downstream-port'],
  busNr: ['pci-expander-bus', 'pcie-expander-bus'],
  index: ['pci-root'],
  hotplug: ['pci-root', 'pcie-root-port', 'pcie-switch-downstream-port'],
  memReserve: ['pcie-root-port'],
  node: ['pci-expander-bus', 'pcie-expander-bus', 'pci-root'],
}

/** QEMU's devices behind each model, and the flags that say they are there. */
const devicesOf: { readonly [M in Model]?: { readonly [device: string]: Flag } } = {
  'pci-root': { 'spapr-pci-host-bridge': 'spapr-pci-host-bridge' },
  'pci-bridge': { 'pci-bridge': 'pci-bridge' },
  'dmi-to-pci-bridge': { 'i82801b11-bridge': 'dmi-to-pci-bridge' },
  'pcie-to-pci-bridge': { 'pcie-pci-bridge': 'pcie-pci-bridge' },
  'pcie-root-port': { 'pcie-root-port': 'pcie-root-port', ioh3420: 'ioh3420' },
  'pcie-switch-upstream-port': { 'x3130-upstream': 'x3130-upstream' },
  'pcie-switch-downstream-port': { 'xio3130-downstream': 'xio3130-downstream' },
  'pci-expander-bus': { pxb: 'pxb' },
  'pcie-expander-bus': { 'pxb-pcie': 'pxb-pcie' },
}

/** One PCI controller by itself; indexes, roots and places are the address engine's to refuse. */
export function checkPci(device: PciController, context: Context): void {
  checkTarget(device, context)
  checkDevice(device, context)
  checkNode(device, context)
  const { pcihole64, model } = device
  const isRoot = model === 'pci-root' || model === 'pcie-root'
  if (pcihole64 !== undefined && !isRoot) {
    context.error({
      code: 'controller/pcihole64',
      message: `A ${model} has no window of its own for 64-bit memory.`,
      hint: 'Move <pcihole64> to the root of PCI.',
      at: pcihole64,
    })
  } else if (pcihole64 !== undefined && context.machine.pci.hostBridgeDevice === undefined) {
    context.error({
      code: 'controller/pcihole64',
      message: 'The 64-bit window can be set only on an i440fx or q35 machine.',
      hint: 'Remove <pcihole64>.',
      at: pcihole64,
      when: 'start',
    })
  }
}

function checkTarget({ model, target }: PciController, context: Context): void {
  if (target === undefined) return
  for (const name of Object.keys(ownersOf) as (keyof Target)[]) {
    if (target[name] === undefined) continue
    const hostBridge = model === 'pci-root' && context.machine.pci.hostBridges === 'many'
    const ofHostBridge = name === 'index' || name === 'node'
    if (ownersOf[name].includes(model) && (model !== 'pci-root' || !ofHostBridge || hostBridge)) continue
    context.error({
      code: 'controller/target-of-other-model',
      message: `A PCI controller of model ${model} has no ${name}.`,
      hint: `Remove it; ${ownersOf[name].join(', ')} ${ownersOf[name].length === 1 ? 'has' : 'have'} it.`,
      at: target,
      field: name,
    })
  }
}

/** A bus can only be near a NUMA node that the guest has. */
function checkNode({ target }: PciController, context: Context): void {
  const cells = context.definition.cpu?.numa?.cell.length ?? 0
  if (target?.node === undefined || target.node < cells) return
  context.error({
    code: 'controller/unknown-node',
    message: cells === 0 ? 'The guest has no NUMA nodes.' : `The guest's NUMA nodes are 0 to ${cells - 1}.`,
    hint: 'Add a <cell> to <numa> in <cpu>, or name another node.',
    at: target,
    field: 'node',
  })
}

function checkDevice({ model, modelName }: PciController, context: Context): void {
  if (modelName === undefined) return
  const devices = devicesOf[model] ?? {}
  const needs = own(devices, modelName.name)
  if (needs === undefined) {
    context.error({
      code: 'controller/pci-device',
      message: `${modelName.name} is no device behind a ${model}.`,
      hint: `Leave <model> out: it follows from the model${Object.keys(devices)
        .map((it) => ` (${it})`)
        .join('')}.`,
      at: modelName,
      field: 'name',
    })
  } else if (!context.capabilities.has(needs)) {
    context.error({
      code: 'controller/pci-device-unsupported',
      message: `QEMU has no ${modelName.name} (capability ${needs}).`,
      hint: 'Use another QEMU or another controller.',
      at: modelName,
      field: 'name',
    })
  }
}

export const pciGates: readonly Gate<Controller>[] = [
  {
    path: 'target/@hotplug',
    needs: 'pcie-root-port.hotplug',
    code: 'controller/hotplug-unsupported',
    what: 'switch for hotplug on a PCI Express port',
    hint: 'Use QEMU 5.0 or later, or remove hotplug.',
    when: (device) =>
      device.type === 'pci' && device.model !== 'pci-root' && device.target?.hotplug !== undefined
        ? device.target
        : undefined,
  },
  {
    path: 'target/@hotplug',
    needs: 'piix4.acpi-root-pci-hotplug',
    code: 'controller/hotplug-unsupported',
    what: 'switch for hotplug on the root of PCI',
    hint: 'Use QEMU 5.2 or later, or remove hotplug.',
    when: (device) =>
      device.type === 'pci' && device.model === 'pci-root' && device.target?.hotplug !== undefined
        ? device.target
        : undefined,
  },
  {
    path: 'target/node',
    needs: 'spapr-pci-host-bridge.numa_node',
    code: 'controller/node-unsupported',
    what: 'NUMA node of a PCI host bridge',
    hint: 'Use another QEMU, or remove <node>.',
    when: (device) =>
      device.type === 'pci' && device.model === 'pci-root' && device.target?.node !== undefined
        ? device.target
        : undefined,
  },
]
