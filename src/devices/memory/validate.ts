import type { Context, Finding } from '../../context/context.ts'
import { checkHostNodes } from '../../parts/memory-backend/host-nodes.ts'
import { implicitCellSize } from '../../parts/memory-backend/implicit-cell.ts'
import { checkPageSize } from '../../parts/memory-backend/pages.ts'
import type { MemoryDevice, MemoryModel, MemoryOf } from './element.ts'
import { isLabelledInBlocks, labelledSize, labelSize } from './sizes.ts'

type Refuse = (finding: Finding) => void

const smallestLabel = 128n

function checkLabels(device: MemoryOf<'nvdimm'>, refuse: Refuse, context: Context): void {
  const { label, size } = device.target
  const blocks = isLabelledInBlocks(device, context)
  if (label !== undefined && labelSize(device) < smallestLabel) {
    refuse({
      code: 'memory/label-too-small',
      message: `A label area of ${labelSize(device)} KiB is too small.`,
      hint: 'It has at least 128 KiB.',
      at: label.size,
    })
  }
  if (labelSize(device) >= (size.value ?? 0n)) {
    refuse({
      code: 'memory/label-too-large',
      message: 'The label area leaves nothing of the NVDIMM.',
      hint: 'Make <label> smaller than <size>.',
      at: device.target,
    })
  }
  if (blocks && label === undefined) {
    refuse({
      code: 'memory/label-missing',
      message: 'An NVDIMM of a POWER guest needs a label area.',
      hint: "Add <label><size unit='KiB'>128</size></label> to <target>.",
      at: device.target,
    })
  } else if (blocks && labelledSize(device, context) <= labelSize(device)) {
    refuse({
      code: 'memory/nvdimm-too-small',
      message: 'The NVDIMM is smaller than one block of 256 MiB and its label area.',
      hint: 'Make it larger.',
      at: size,
    })
  }
  if (device.uuid !== undefined && !blocks) {
    refuse({
      code: 'memory/uuid-not-pseries',
      message: 'Only NVDIMMs of POWER guests have a UUID.',
      hint: 'Remove <uuid>.',
      at: device,
      field: 'uuid',
    })
  }
}

/** virtio-mem hands out whole blocks, of at least a transparent huge page each. */
function checkBlocks(device: MemoryOf<'virtio-mem'>, refuse: Refuse, context: Context): void {
  const { block, requested, size, address } = device.target
  const unit = block?.value ?? 0n
  if (block === undefined || unit <= 0n || (unit & (unit - 1n)) !== 0n) {
    refuse({
      code: 'memory/block-not-power-of-two',
      message: `A block of ${unit} KiB is not a power of two.`,
      hint: 'Use 2048 KiB or more, doubled as often as you like.',
      at: block ?? device.target,
    })
    return
  }
  const least = context.host.thpSizeKiB
  if (least !== undefined && unit < BigInt(least)) {
    refuse({
      code: 'memory/block-too-small',
      message: `A block of ${unit} KiB is smaller than a transparent huge page of the host (${least} KiB).`,
      hint: `Use at least ${least} KiB.`,
      at: block,
    })
  }
  if ((size.value ?? 0n) % unit !== 0n) {
    context.warn({
      code: 'memory/size-not-in-blocks',
      message: `The size is no multiple of the block of ${unit} KiB: libvirt takes it, QEMU does not.`,
      hint: 'Round it to whole blocks.',
      at: size,
    })
  }
  refuseUnaligned(address, unit * 1024n, refuse)
  if (requested === undefined) return
  if ((requested.value ?? 0n) % unit !== 0n) {
    refuse({
      code: 'memory/requested-not-in-blocks',
      message: `The requested size is no multiple of the block of ${unit} KiB.`,
      hint: 'Round it to whole blocks.',
      at: requested,
    })
  }
  if ((requested.value ?? 0n) > (size.value ?? 0n)) {
    refuse({
      code: 'memory/requested-too-large',
      message: 'More memory is requested than the device has.',
      hint: 'Request at most <size>.',
      at: requested,
    })
  }
}

function refuseUnaligned(
  address: { readonly base: bigint | undefined } | undefined,
  step: bigint,
  refuse: Refuse,
): void {
  if (!address?.base || address.base % step === 0n) return
  refuse({
    code: 'memory/address-unaligned',
    message: `The memory begins at 0x${address.base.toString(16)}, which is no multiple of ${step} bytes.`,
    hint: 'Choose a multiple, or remove <address>.',
    at: address,
  })
}

/** Addresses of virtio-pmem are those of whole pages. */
const pmemStep = 4096n

function checkShared(device: MemoryOf<'virtio-pmem'>, refuse: Refuse): void {
  refuseUnaligned(device.target.address, pmemStep, refuse)
  if (device.access === 'shared') return
  refuse({
    code: 'memory/pmem-not-shared',
    message: 'virtio-pmem writes to its file: its memory must be shared.',
    hint: "Write access='shared'.",
    at: device,
    ...(device.access && { field: 'access' }),
  })
}

const checks: { readonly [M in MemoryModel]?: (device: MemoryOf<M>, refuse: Refuse, context: Context) => void } = {
  nvdimm: checkLabels,
  'virtio-mem': checkBlocks,
  'virtio-pmem': checkShared,
}

export function checkMemoryDevice(device: MemoryDevice, context: Context): void {
  const refuse: Refuse = (finding) => context.error({ at: device, ...finding })
  if (!device.target.size.value) {
    context.warn({
      code: 'memory/no-size',
      message: 'The memory device has a size of 0: libvirt takes it, QEMU does not.',
      hint: 'Write <size> in <target>.',
      at: device.target.size,
    })
  }
  if (device.discard !== undefined && device.model !== 'dimm') {
    refuse({
      code: 'memory/discard-model',
      message: `discard belongs to modules of model dimm, not ${device.model}.`,
      hint: 'Remove discard.',
      field: 'discard',
    })
  }
  if (device.driver !== undefined && device.model !== 'virtio-mem' && device.model !== 'virtio-pmem') {
    refuse({
      code: 'memory/driver',
      message: `Options of virtio belong to virtio-mem and virtio-pmem, not ${device.model}.`,
      hint: 'Remove <driver>.',
      at: device.driver,
    })
  }
  checkAddress(device, refuse)
  checkHome(device, refuse, context)
  const check = checks[device.model] as ((device: MemoryDevice, refuse: Refuse, context: Context) => void) | undefined
  check?.(device, refuse, context)
}

/** How each model is addressed; an enclave page cache is no device. */
const addressTypes: { readonly [M in MemoryModel]: readonly string[] } = {
  dimm: ['dimm'],
  nvdimm: ['dimm'],
  'virtio-pmem': ['pci', 'ccw', 'unassigned'],
  'virtio-mem': ['pci', 'ccw', 'unassigned'],
  'sgx-epc': [],
}

function checkAddress(device: MemoryDevice, refuse: Refuse): void {
  const types = addressTypes[device.model]
  if (device.address === undefined || types.includes(device.address.type)) return
  refuse({
    code: 'memory/address-type',
    message: `Memory of model ${device.model} has no address of type ${device.address.type}.`,
    hint: types[0] === undefined ? 'Remove <address>.' : `Use type='${types[0]}', or remove <address>.`,
    at: device.address,
  })
}

/** Where the memory goes: a cell of the guest, nodes of the host, room under the maximum. */
function checkHome(device: MemoryDevice, refuse: Refuse, context: Context): void {
  const cells = context.definition.cpu?.numa?.cell.length ?? (implicitCellSize(context) === undefined ? 0 : 1)
  if (device.model !== 'sgx-epc' && context.definition.maxMemory === undefined) {
    refuse({
      code: 'memory/no-maximum',
      message: 'A guest with memory devices needs a limit of its memory.',
      hint: 'Add <maxMemory>, with slots for modules.',
    })
  }
  if (device.model === 'virtio-pmem') {
    if (device.target.node === undefined) return
    refuse({
      code: 'memory/pmem-cell',
      message: 'Memory of the model virtio-pmem is a device of its own: it belongs to no NUMA cell.',
      hint: 'Remove <node>.',
      at: device.target,
      field: 'node',
    })
    return
  }
  const { node } = device.target
  if (node === undefined && cells > 0 && device.model !== 'sgx-epc') {
    refuse({
      code: 'memory/no-cell',
      message: 'The memory device belongs to no NUMA cell of the guest.',
      hint: 'Add <node>0</node> to <target>.',
      at: device.target,
    })
  }
  if (node !== undefined && node >= cells) {
    refuse({
      code: 'memory/no-such-cell',
      message: `The guest has no NUMA cell ${node}.`,
      hint: cells > 0 ? `The cells are 0 to ${cells - 1}.` : 'Remove <node>, or describe cells in <numa> of <cpu>.',
      at: device.target,
      field: 'node',
    })
  }
  if (device.model === 'nvdimm') return
  if (device.model !== 'sgx-epc' && device.source?.pagesize?.value) {
    checkPageSize(device.source.pagesize.value, device.source.pagesize, context)
  }
  if (device.source?.nodemask === undefined) return
  checkHostNodes(device.source.nodemask, { at: device.source, field: 'nodemask' }, context)
}
