import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { type From, named, of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import { emitBackend, type MemoryRequest, memoryBackend } from '../../parts/memory-backend/backend.ts'
import { hugePages } from '../../parts/memory-backend/pages.ts'
import { virtioProperties } from '../../parts/virtio-options.ts'
import type { MemoryDevice, MemoryModel, MemoryOf } from './element.ts'
import { moduleSize } from './sizes.ts'

/** QEMU's name of each device; an EPC section is no device but a key of the machine. */
const drivers: { readonly [M in MemoryModel]: string | undefined } = {
  dimm: 'pc-dimm',
  nvdimm: 'nvdimm',
  'virtio-pmem': 'virtio-pmem-pci',
  'virtio-mem': 'virtio-mem-pci',
  'sgx-epc': undefined,
}

/** The guest cell of a device. */
export function cellOf(device: MemoryDevice): number | undefined {
  return device.model === 'virtio-pmem' ? undefined : device.target.node
}

const backendId = (device: MemoryDevice, context: Context) => `mem${context.alias(device)}`

type Own = Omit<MemoryRequest, 'id' | 'file' | 'sizeKiB' | 'from' | 'cell' | 'access' | 'discard'>
type Paged = MemoryOf<'dimm'> | MemoryOf<'virtio-mem'>

const paged = ({ source }: Paged): Own => ({ pageSize: source?.pagesize?.value || undefined, nodes: source?.nodemask })

const path = (source: { readonly path: string }): Own['path'] => ({ text: source.path, from: of(source, 'path') })

/** What a device asks of its back-end beyond what all memory of the guest gets. */
function ownRequest(device: MemoryDevice): Own {
  switch (device.model) {
    case 'dimm':
      return paged(device)
    case 'virtio-mem':
      return { ...paged(device), sparse: true }
    case 'nvdimm': {
      const { source } = device
      return { path: path(source), alignKiB: source.alignsize?.value, persistent: source.pmem }
    }
    case 'virtio-pmem':
      return { path: path(device.source), neverAllocate: true }
    case 'sgx-epc':
      return { special: 'memory-backend-epc', nodes: device.source?.nodemask }
  }
}

export function printMemoryDevices(context: Context, out: CommandLineBuilder): void {
  for (const device of context.devices.memory) {
    const { size } = device.target
    const backend = memoryBackend(
      {
        id: backendId(device, context),
        named: named(device),
        file: context.alias(device),
        sizeKiB: moduleSize(device, context),
        from: of(size, 'value'),
        cell: cellOf(device),
        access: device.access,
        discard: device.discard,
        ...ownRequest(device),
      },
      context,
    )
    emitBackend(backend, out)
    const driver = drivers[device.model]
    if (driver !== undefined) out.device(frontend(device, driver, context))
  }
}

function frontend(device: MemoryDevice, driver: string, context: Context): Properties {
  const name = device.address?.type === 'ccw' ? driver.replace(/-pci$/, '-ccw') : driver
  const properties = new Properties().put('driver', name, of(device, 'model')).append(virtioProperties(device.driver))
  const cell = cellOf(device)
  if (device.model !== 'virtio-pmem') properties.put('node', cell, of(device.target, 'node'))
  if (device.model === 'nvdimm') putLabels(device, properties)
  if (device.model === 'virtio-mem') putBlocks(device, properties)
  properties.put('memdev', backendId(device, context), rule('memory/back-end'))
  if (device.model === 'virtio-mem') properties.put('prealloc', allocates(device, context), rule('memory/allocate'))
  if (device.model === 'virtio-mem' || device.model === 'virtio-pmem') {
    const { address } = device.target
    if (address) properties.put('memaddr', address.base, of(address, 'base'))
  }
  if (device.model === 'virtio-mem') {
    properties.put('dynamic-memslots', device.target.dynamicMemslots, of(device.target, 'dynamicMemslots'))
  }
  properties.id(device, context)
  return properties.append(deviceAddress(device, context))
}

const bytes = (kib: bigint | undefined) => (kib === undefined ? undefined : kib * 1024n)

function putLabels(device: MemoryOf<'nvdimm'>, properties: Properties): void {
  const { label } = device.target
  if (label) properties.put('label-size', bytes(label.size.value), of(label.size, 'value'))
  properties.field('uuid', device, 'uuid')
  properties.put('unarmed', device.target.readonly, of(device.target, 'readonly'))
}

function putBlocks({ target }: MemoryOf<'virtio-mem'>, properties: Properties): void {
  const { block, requested } = target
  if (block) properties.put('block-size', bytes(block.value), of(block, 'value'))
  // Zero is what QEMU begins with.
  if (requested?.value) properties.put('requested-size', bytes(requested.value), of(requested, 'value'))
}

/** virtio-mem allocates what it plugs, where memory is to be there at once. */
function allocates(device: MemoryOf<'virtio-mem'>, context: Context): true | undefined {
  if (!context.capabilities.has('virtio-mem-pci.prealloc')) return undefined
  const size = device.source?.pagesize?.value || undefined
  const wanted = context.definition.memoryBacking?.allocation?.mode === 'immediate'
  return wanted || hugePages(size, cellOf(device), context) !== undefined || undefined
}

/** Sections of the enclave page cache: `sgx-epc.0.memdev=…,sgx-epc.0.node=…` of `-machine`. */
export function epcSections(context: Context): { sections: Properties[]; from: From } | undefined {
  const devices = context.devices.memory.filter((it): it is MemoryOf<'sgx-epc'> => it.model === 'sgx-epc')
  if (devices.length === 0) return undefined
  const sections = devices.map((device) =>
    new Properties()
      .put('memdev', backendId(device, context), rule('memory/back-end'))
      .field('node', device.target, 'node'),
  )
  return { sections, from: rule('memory/sgx-epc') }
}
