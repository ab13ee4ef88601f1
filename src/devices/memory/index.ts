import { rule } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import { startKey } from '../../context/start.ts'
import type { DeviceKind } from '../../context/unit.ts'
import { epcSections, printMemoryDevices } from './argv.ts'
import { memoryDefaults } from './defaults.ts'
import type { MemoryDevice, MemoryModel } from './element.ts'
import { memoryGates } from './gates.ts'
import { launchMemory } from './launch.ts'
import { checkPlaces } from './places.ts'
import { checkMemoryDevice } from './validate.ts'

/** How devices are named; modules are numbered by their slots, others among their like. */
const names: { readonly [M in MemoryModel]: string } = {
  dimm: 'dimm',
  nvdimm: 'nvdimm',
  'virtio-pmem': 'virtiopmem',
  'virtio-mem': 'virtiomem',
  'sgx-epc': 'epc',
}

const isModule = ({ model }: MemoryDevice) => model === 'dimm' || model === 'nvdimm'
const isVirtio = ({ model }: MemoryDevice) => model === 'virtio-pmem' || model === 'virtio-mem'

/** virtio-mem sits on the channel subsystem where this QEMU has it there. */
const goesToCcw = ({ model, address }: MemoryDevice, context: Context): boolean =>
  model === 'virtio-mem' &&
  address?.type !== 'pci' &&
  context.virtioBus === 'ccw' &&
  context.capabilities.has('virtio-mem-ccw')

const ordinal = startKey<number>('memory/ordinal')

/** The place of a device among those of its model; all are counted at the first question. */
function ordinalOf(device: MemoryDevice, { devices, start }: Context): number {
  if (start.get(ordinal, device) === undefined) {
    const counts = new Map<string, number>()
    for (const it of devices.memory) {
      const count = counts.get(it.model) ?? 0
      start.set(ordinal, it, count)
      counts.set(it.model, count + 1)
    }
  }
  return start.need(ordinal, device)
}

export const memoryKind = {
  defaults: memoryDefaults,
  gates: memoryGates,
  dimm: isModule,
  pci: (device, context) => (isVirtio(device) && !goesToCcw(device, context) ? { plug: 'pcie' } : undefined),
  ccw: (device, context) => device.address === undefined && goesToCcw(device, context),
  alias: (device, _index, context) => {
    const slot = device.address?.type === 'dimm' ? device.address.slot : undefined
    return `${names[device.model]}${slot ?? ordinalOf(device, context)}`
  },
  check: checkMemoryDevice,
  validate: checkPlaces,
  contribute: (context, { machine }) => {
    if (context.devices.memory.some(({ model }) => model === 'nvdimm')) {
      machine.put('nvdimm', true, rule('memory/nvdimm'))
    }
    const epc = epcSections(context)
    if (epc) machine.put('sgx-epc', epc.sections, epc.from)
  },
  launchDevice: launchMemory,
  argv: { devices: printMemoryDevices },
} satisfies DeviceKind<MemoryDevice>
