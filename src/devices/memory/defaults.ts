import { isPower } from '../../capabilities/table.ts'
import { uuidFrom } from '../../codec/uuid.ts'
import type { DeviceRule } from '../../context/unit.ts'
import { defaultRule, hostFact } from '../../origin/origin.ts'
import { implicitCellSize } from '../../parts/memory-backend/implicit-cell.ts'
import { blockSize, type MemoryDevice, requestedSize } from './element.ts'
import { isLabelledInBlocks, labelledSize, moduleSize } from './sizes.ts'

export const memoryDefaults: readonly DeviceRule<MemoryDevice>[] = [
  {
    name: 'memory/implicit-cell',
    doc: 'Memory belongs to the one NUMA cell that a guest has without describing any.',
    apply: (device, context) => {
      if (device.model === 'sgx-epc' || device.model === 'virtio-pmem' || device.target.node !== undefined) return
      if (implicitCellSize(context) === undefined) return
      context.set(device.target, 'node', 0, defaultRule('memory/implicit-cell'))
    },
  },
  {
    name: 'memory/uuid',
    doc: 'An NVDIMM of a POWER guest has a UUID; a random one where none is given.',
    apply: (device, context) => {
      if (device.model !== 'nvdimm' || device.uuid !== undefined || !isLabelledInBlocks(device, context)) return
      const index = context.devices.memory.indexOf(device)
      const made = uuidFrom(context.host.random.bytes(16, `/domain/devices/memory[${index + 1}]/uuid`))
      context.set(device, 'uuid', made, hostFact('random bytes'))
    },
  },
  {
    name: 'memory/labelled-blocks',
    doc: 'The size of an NVDIMM of a new POWER guest is what the guest will see.',
    apply: (device, context) => {
      if (!context.options.abiUpdate || !isLabelledInBlocks(device, context)) return
      const { size } = device.target
      const wanted = labelledSize(device, context)
      if (wanted > 0n && wanted !== size.value)
        context.set(size, 'value', wanted, defaultRule('memory/labelled-blocks'))
    },
  },
  {
    name: 'memory/whole-blocks',
    doc: 'A module of a new POWER guest is whole blocks of 256 MiB, and the guest grows by what is added (libvirt 11.3 asked).',
    apply: (device, context) => {
      const { size } = device.target
      if (!context.options.abiUpdate || device.model !== 'dimm' || !isPower(context.arch) || size.value === undefined)
        return
      const added = moduleSize(device, context) - size.value
      if (added === 0n) return
      const reason = defaultRule('memory/whole-blocks')
      context.set(size, 'value', size.value + added, reason)
      const { memory, cpu } = context.definition
      if (cpu?.numa?.cell.length || memory?.value === undefined) return
      context.set(memory, 'value', memory.value + added, reason)
    },
  },
  {
    name: 'memory/pmem-shared',
    doc: 'virtio-pmem writes to its file.',
    since: '11.3',
    apply: (device, context) => {
      if (device.model !== 'virtio-pmem' || device.access !== undefined) return
      context.set(device, 'access', 'shared', defaultRule('memory/pmem-shared'))
    },
  },
  {
    name: 'memory/requested',
    doc: 'virtio-mem gives the guest nothing where it does not say how much.',
    apply: (device, context) => {
      if (device.model !== 'virtio-mem' || device.target.requested !== undefined) return
      const reason = defaultRule('memory/requested')
      context.set(device.target, 'requested', requestedSize.create({ unit: 'KiB', value: 0n }), reason)
    },
  },
  {
    name: 'memory/block',
    doc: 'virtio-mem hands out memory in transparent huge pages of the host where no block size is given.',
    apply: (device, context) => {
      const { thpSizeKiB } = context.host
      if (device.model !== 'virtio-mem' || device.target.block !== undefined || thpSizeKiB === undefined) return
      const made = blockSize.create({ unit: 'KiB', value: BigInt(thpSizeKiB) })
      context.set(device.target, 'block', made, hostFact('thpSizeKiB'))
    },
  },
]
