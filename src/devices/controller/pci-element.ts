import { element } from '../../codec/element.ts'
import { child, optional, required, textChild, withDefault } from '../../codec/field.ts'
import { big, bigC, cNumber, hex, integer } from '../../codec/number.ts'
import { nonEmpty, oneOf, onOff } from '../../codec/scalar.ts'
import { settleKiB, unit } from '../../fragments/size.ts'

const model = element('model', "QEMU's device behind a PCI controller.", {
  attributes: { name: required(nonEmpty, { doc: 'The device; chosen by the model of the controller where absent.' }) },
})

export const pciTarget = element(
  'target',
  'Numbers of a PCI controller that the guest sees.',
  {
    attributes: {
      chassisNr: optional(cNumber({ min: 1, max: 255 }), { doc: 'pci-bridge: chassis number.' }),
      chassis: optional(cNumber({ max: 255 }), { doc: 'Root and downstream ports: chassis.' }),
      port: optional(hex(1, { max: 255 }), { doc: 'Root and downstream ports: port.' }),
      busNr: optional(cNumber({ min: 1, max: 254 }), { doc: 'Expander buses: number of the bus behind.' }),
      index: optional(cNumber({ max: 30 }), {
        invalid: 'address/pci-host-bridge-index',
        doc: 'Host bridges of pseries: which one.',
      }),
      hotplug: optional(onOff, { doc: 'Whether devices may be plugged while the guest runs.' }),
      memReserve: optional(bigC({ min: 1n }), {
        doc: 'Root ports: memory of the window for devices plugged later, in KiB.',
        since: '10.3',
      }),
    },
    children: { node: textChild(integer(), { doc: 'NUMA node of the guest that the bus belongs to.' }) },
  },
  { omitEmpty: true },
)

export const pcihole64 = element(
  'pcihole64',
  'Size of the window for 64-bit memory of PCI devices.',
  { attributes: { unit: withDefault(unit, 'KiB', { doc: 'Unit of the size.' }) }, value: big() },
  { settle: settleKiB },
)

export const pciModels = oneOf(
  'pci-root',
  'pcie-root',
  'pci-bridge',
  'dmi-to-pci-bridge',
  'pcie-to-pci-bridge',
  'pcie-root-port',
  'pcie-switch-upstream-port',
  'pcie-switch-downstream-port',
  'pci-expander-bus',
  'pcie-expander-bus',
)

/** What only a controller of type pci has. */
export const pciVariant = {
  attributes: {
    model: required(pciModels, { doc: 'What kind of bridge or root.', missing: 'controller/pci-without-model' }),
  },
  children: { modelName: child(model, { name: 'model' }), target: child(pciTarget) },
} as const
