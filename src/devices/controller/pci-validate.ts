import type { Context } from '../../context/context.ts'
import type { PciController } from './element.ts'

/** One PCI controller by itself, and against the machine. */
export function checkPci(device: PciController, context: Context): void {
  const { model, index, target, pcihole64 } = device
  const isRoot = model === 'pci-root' || model === 'pcie-root'
  const { root, hostBridges, hostBridgeDevice } = context.machine.pci
  if (isRoot && device.address !== undefined) {
    context.error({
      code: 'controller/root-with-address',
      message: 'The root of PCI has no address: everything hangs on it.',
      hint: 'Remove the address.',
      at: device.address,
    })
  }
  if (isRoot && index !== 0 && hostBridges === 'one') {
    context.error({
      code: 'controller/root-index',
      message: `The root of PCI has index 0, this one has ${index}.`,
      hint: "Write index='0', or use a bridge.",
      at: device,
      field: 'index',
    })
  } else if (index === 0 && model !== undefined && root !== 'none' && model !== root) {
    context.error({
      code: 'controller/wrong-root',
      message: `On this machine the PCI controller with index 0 is a ${root}, not a ${model}.`,
      hint: `Write model='${root}', or choose a machine type with a ${model}.`,
      at: device,
      field: 'model',
    })
  }
  if (pcihole64 !== undefined && (!isRoot || hostBridgeDevice === undefined)) {
    context.error({
      code: 'controller/pcihole64',
      message: 'The 64-bit window can be set only on the root of an i440fx or q35 machine.',
      hint: 'Remove <pcihole64>.',
      at: pcihole64,
      when: 'start',
    })
  }
  if (target?.node !== undefined && !isExpander(device) && hostBridges === 'one') {
    context.error({
      code: 'controller/node-model',
      message: `A ${model ?? 'PCI controller'} belongs to no NUMA node.`,
      hint: 'Remove <node>, or use an expander bus.',
      at: target,
      field: 'node',
    })
  }
}

function isExpander({ model }: PciController): boolean {
  return model === 'pci-expander-bus' || model === 'pcie-expander-bus'
}
