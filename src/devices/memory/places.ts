import type { Context } from '../../context/context.ts'
import type { MemoryDevice } from './element.ts'
import { labelSize } from './sizes.ts'

interface Place {
  readonly device: MemoryDevice
  readonly start: bigint
  readonly end: bigint
}

const hex = (value: bigint) => `0x${value.toString(16)}`

/** Where a device starts in the guest's address space, where the user says so. */
function baseOf(device: MemoryDevice): bigint | undefined {
  if (device.model === 'virtio-mem' || device.model === 'virtio-pmem') return device.target.address?.base
  return device.address?.type === 'dimm' ? device.address.base : undefined
}

/**
 * How much of the guest's address space a device takes, in KiB. Of an NVDIMM the guest sees what its labels leave, in
 * whole units of its alignment. Source: oracle (11.3, 12.8), two NVDIMMs ever closer, with and without both.
 */
function extentOf(device: MemoryDevice): bigint {
  const size = (device.target.size.value ?? 0n) - labelSize(device)
  const step = device.model === 'nvdimm' ? (device.source?.alignsize?.value ?? 0n) : 0n
  return step > 0n ? size - (size % step) : size
}

/** Devices whose addresses are given must not overlap. */
export function checkPlaces(context: Context): void {
  const places: Place[] = []
  for (const device of context.devices.memory) {
    const start = baseOf(device)
    if (start !== undefined) places.push({ device, start, end: start + extentOf(device) * 1024n })
  }
  places.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0))
  let last: Place | undefined
  for (const place of places) {
    if (last !== undefined && place.start < last.end) {
      const origin = context.origins.of(last.device)
      context.error({
        code: 'memory/address-overlap',
        message: `The memory at ${hex(place.start)} begins inside another device, which goes from ${hex(last.start)} to ${hex(last.end)}.`,
        hint: `Use ${hex(last.end)} or higher.`,
        at: place.device,
        related: origin?.kind === 'xml' ? [{ message: 'the other device', span: origin.span }] : [],
      })
    }
    if (last === undefined || place.end > last.end) last = place
  }
}
