import type { Gate } from '../../context/unit.ts'
import type { MemoryDevice, MemoryModel } from './element.ts'

const models: { readonly [M in MemoryModel]: { needs: Gate<MemoryDevice>['needs']; what: string } } = {
  dimm: { needs: 'pc-dimm', what: 'memory module' },
  nvdimm: { needs: 'nvdimm', what: 'NVDIMM' },
  'virtio-pmem': { needs: 'virtio-pmem-pci', what: 'virtio-pmem device' },
  'virtio-mem': { needs: 'virtio-mem-pci', what: 'virtio-mem device' },
  'sgx-epc': { needs: 'sgx-epc', what: 'enclave page cache' },
}

export const memoryGates: readonly Gate<MemoryDevice>[] = [
  ...Object.entries(models).map(
    ([model, { needs, what }]): Gate<MemoryDevice> => ({
      path: '@model',
      needs,
      code: 'memory/model-unsupported',
      what,
      hint: 'Use another model or another QEMU.',
      is: model,
    }),
  ),
  {
    path: 'target/@dynamicMemslots',
    needs: 'virtio-mem-pci.dynamic-memslots',
    code: 'memory/dynamic-memslots-unsupported',
    what: 'choice of memory slots that grow',
    hint: 'Remove dynamicMemslots, or use QEMU 9.0 or later.',
    when: (device) => (device.model === 'virtio-mem' && device.target.dynamicMemslots ? device.target : undefined),
  },
  {
    path: 'source/pmem',
    needs: 'memory-backend-file.pmem',
    code: 'memory/pmem-unsupported',
    what: 'persistent back-end for an NVDIMM',
    hint: 'Remove <pmem/>.',
    when: (device) => (device.model === 'nvdimm' && device.source.pmem ? device.source : undefined),
  },
  {
    path: 'target/readonly',
    needs: 'nvdimm.unarmed',
    code: 'memory/readonly-unsupported',
    what: 'read-only NVDIMM',
    hint: 'Remove <readonly/>.',
    when: (device) => (device.model === 'nvdimm' && device.target.readonly ? device.target : undefined),
  },
]
