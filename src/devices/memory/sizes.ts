import { isPower } from '../../capabilities/table.ts'
import type { Context } from '../../context/context.ts'
import { memorySteps, startSize } from '../../parts/memory-backend/size.ts'
import type { MemoryDevice } from './element.ts'

/** The label area of an NVDIMM in KiB, 0 where it has none. */
export function labelSize(device: MemoryDevice): bigint {
  return device.model === 'nvdimm' ? (device.target.label?.size.value ?? 0n) : 0n
}

/** What an NVDIMM of a POWER guest shrinks to: its area without the labels is whole blocks, rounded down. */
export function labelledSize(device: MemoryDevice, context: Context): bigint {
  const step = memorySteps(context).cells
  const label = labelSize(device)
  return (((device.target.size.value ?? 0n) - label) / step) * step + label
}

/** POWER guests see the area before the labels as blocks of their own size. */
export function isLabelledInBlocks(device: MemoryDevice, { arch }: Context): boolean {
  return device.model === 'nvdimm' && isPower(arch)
}

/** The size of a device at the start, in KiB. */
export function moduleSize(device: MemoryDevice, context: Context): bigint {
  if (context.options.incoming === undefined && isLabelledInBlocks(device, context))
    return labelledSize(device, context)
  return startSize(device.target.size.value ?? 0n, memorySteps(context).modules, context)
}
