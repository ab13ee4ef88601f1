import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import type { HostFacts } from './facts.ts'
import { recordArch, recordCpu, recordPhysicalAddressBits } from './record-cpu.ts'
import { recordHugePages, recordNumaNodes, recordPageSizes } from './record-memory.ts'
import { recordPci } from './record-pci.ts'
import type { TreeReader } from './record-reader.ts'

/** What a machine tells of itself; what it does not tell is left to the defaults. */
export interface RecordedHost {
  readonly facts: Partial<HostFacts>
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Records a machine: PCI inventory, vfio-pci's module option, kernel, NUMA nodes, huge pages, processor.
 * @param reader the tree that holds the machine's `sys` and `proc`
 * @param fallbackArch the architecture by libvirt's name, where the kernel does not show it
 */
export function recordHost(reader: TreeReader, fallbackArch: string): RecordedHost {
  const { pci, diagnostics } = recordPci(reader)
  const arch = recordArch(reader) ?? fallbackArch
  const facts: Partial<HostFacts> = {
    arch,
    kernelVersion: reader.text('proc/sys/kernel/osrelease'),
    vfioEnableSriov: moduleFlag(reader, 'sys/module/vfio_pci/parameters/enable_sriov'),
    ...recordPageSizes(reader),
    physicalAddressBits: recordPhysicalAddressBits(reader),
    cpu: recordCpu(reader, arch),
    numaNodes: recordNumaNodes(reader),
    hugePages: recordHugePages(reader),
    pci,
  }
  return { facts, diagnostics }
}

/** The kernel shows a boolean module option as Y or N. */
function moduleFlag(reader: TreeReader, path: string): boolean | undefined {
  const text = reader.text(path)
  return text === undefined ? undefined : text === 'Y' || text === '1'
}
