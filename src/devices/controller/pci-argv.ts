import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { type From, of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import type { PciController } from './element.ts'

type Target = NonNullable<PciController['target']>
type Numbers = readonly (readonly [property: string, field: 'chassisNr' | 'chassis' | 'port' | 'busNr' | 'index'])[]

/** The numbers that QEMU's device behind each model takes, in output order. */
const numbersOf: { readonly [M in NonNullable<PciController['model']>]: Numbers } = {
  'pci-root': [['index', 'index']],
  'pcie-root': [],
  'pci-bridge': [['chassis_nr', 'chassisNr']],
  'dmi-to-pci-bridge': [],
  'pcie-to-pci-bridge': [],
  'pcie-root-port': [
    ['port', 'port'],
    ['chassis', 'chassis'],
  ],
  'pcie-switch-upstream-port': [],
  'pcie-switch-downstream-port': [
    ['port', 'port'],
    ['chassis', 'chassis'],
  ],
  'pci-expander-bus': [['bus_nr', 'busNr']],
  'pcie-expander-bus': [['bus_nr', 'busNr']],
}

/** Roots that the machine itself has print no device: the only one of most machines, the first of pseries. */
function isImplicit(device: PciController): boolean {
  if (device.model === 'pcie-root') return true
  return device.model === 'pci-root' && (device.target?.index ?? 0) === 0
}

export function pciProperties(device: PciController, context: Context): Properties | undefined {
  const { model, modelName, target } = device
  if (isImplicit(device)) return undefined
  const properties = new Properties().put(
    'driver',
    modelName?.name,
    modelName ? of(modelName, 'name') : rule('controller/pci-device'),
  )
  for (const [property, field] of numbersOf[model])
    properties.put(property, target?.[field], fromTarget(device, target, field))
  properties.id(device, context)
  if (target !== undefined) properties.field('numa_node', target, 'node').field('hotplug', target, 'hotplug')
  if (target?.memReserve !== undefined) {
    properties.put('mem-reserve', target.memReserve * 1024n, of(target, 'memReserve'))
  }
  return properties.append(deviceAddress(device, context))
}

function fromTarget(device: PciController, target: Target | undefined, field: keyof Target & string): From {
  return target === undefined ? of(device, 'target') : of(target, field)
}

/** `-global`: the window for 64-bit memory of PCI devices, and hotplug on the root of PCI. */
export function pciHoleArgv(context: Context, out: CommandLineBuilder): void {
  const host = context.machine.pci.hostBridgeDevice
  const { powerManagement } = context.machine
  for (const device of context.controllers('pci')) {
    const { target, pcihole64: hole } = device
    if (hole?.value !== undefined && host !== undefined) {
      out.text('-global', `${host}.pci-hole64-size=${hole.value}K`, of(hole, 'value'))
    }
    if (device.model === 'pci-root' && target?.hotplug !== undefined && powerManagement !== undefined) {
      const state = target.hotplug ? 'on' : 'off'
      out.text('-global', `${powerManagement}.acpi-root-pci-hotplug=${state}`, of(target, 'hotplug'))
    }
  }
}
