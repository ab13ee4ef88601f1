import { answered, deviceProperty, objectProperty, schema, type } from '../evidence.ts'
import { type Rows, row } from './row.ts'

/** Memory back-ends, memory devices, shared memory and NUMA. */
export const memory = {
  'ivshmem-doorbell': row("`<shmem model='ivshmem-doorbell'>`", type('ivshmem-doorbell')),
  'ivshmem-plain': row("`<shmem model='ivshmem-plain'>`", type('ivshmem-plain')),
  'memory-backend-file.pmem': row(
    'persistent memory behind an NVDIMM (`<pmem/>`)',
    objectProperty('memory-backend-file', 'pmem'),
  ),
  'memory-backend-file.prealloc-threads': row(
    'number of threads that allocate memory (`<allocation threads=>`)',
    objectProperty('memory-backend-file', 'prealloc-threads'),
  ),
  'memory-backend-file.reserve': row(
    'whether swap space is reserved for memory',
    objectProperty('memory-backend-file', 'reserve'),
  ),
  'memory-backend-file.x-use-canonical-path-for-ramblock-id': row(
    'RAM block ids that stay as old machine types named them',
    objectProperty('memory-backend-file', 'x-use-canonical-path-for-ramblock-id'),
  ),
  'memory-backend-memfd': row("anonymous shared memory (`<source type='memfd'/>`)", type('memory-backend-memfd')),
  'memory-backend-memfd.hugetlb': row(
    'anonymous shared memory of huge pages',
    objectProperty('memory-backend-memfd', 'hugetlb'),
  ),
  'numa.hmat': row(
    'latencies and bandwidths between NUMA nodes (`<interconnects>`)',
    schema('set-numa-node/arguments/type/=hmat-lb'),
  ),
  nvdimm: row("`<memory model='nvdimm'>`", type('nvdimm')),
  'nvdimm.unarmed': row('read-only NVDIMM (`<readonly/>`)', deviceProperty('nvdimm', 'unarmed')),
  'pc-dimm': row("`<memory model='dimm'>`", type('pc-dimm')),
  'sgx-epc': row("`<memory model='sgx-epc'>`", answered('query-sgx-capabilities')),
  'thread-context': row('CPU affinity of the threads that allocate memory', type('thread-context')),
  'virtio-mem-ccw': row("`<memory model='virtio-mem'>` on the CCW bus", type('virtio-mem-ccw'), { since: '11.1' }),
  'virtio-mem-pci': row("`<memory model='virtio-mem'>`", type('virtio-mem-pci')),
  'virtio-mem-pci.dynamic-memslots': row(
    'memory slots of virtio-mem in use as needed (`dynamicMemslots`)',
    deviceProperty('virtio-mem-pci', 'dynamic-memslots'),
    // NEWS names it under 10.1.0, whose own tables do not have it.
    { since: '10.2' },
  ),
  'virtio-mem-pci.prealloc': row('preallocated memory of virtio-mem', deviceProperty('virtio-mem-pci', 'prealloc')),
  'virtio-pmem-pci': row("`<memory model='virtio-pmem'>`", type('virtio-pmem-pci')),
} satisfies Rows
