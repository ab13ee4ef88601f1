import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import type { HostFile } from '../file.ts'
import { recordArch, recordCpu, recordPhysicalAddressBits } from './cpu.ts'
import { recordNetworks, recordPools, recordSecrets } from './definitions.ts'
import { recordDescriptors } from './descriptors.ts'
import { recordDevices } from './devices.ts'
import { recordImages } from './images.ts'
import { recordHugePages, recordNumaNodes, recordPageSizes } from './memory.ts'
import { recordPci } from './pci.ts'
import { recordLibvirt, recordPrograms } from './programs.ts'
import { recordConfig } from './qemu-conf.ts'
import type { TreeReader } from './reader.ts'
import { recordSmbios } from './smbios.ts'

/** What a machine tells of itself; what it does not tell is left to the defaults. */
export interface RecordedHost {
  readonly facts: HostFile
  readonly diagnostics: readonly Diagnostic[]
}

export interface RecordOptions {
  /** Values of secrets, and passwords of the configuration. */
  readonly secrets?: boolean
  /** Paths of images whose headers are read, with the images below them. */
  readonly images?: readonly string[]
}

/**
 * Records a machine as a host file: all that libvirt would ask it for at a start. Needs no privileges for what a user may
 * read; what it may not read is told (`host/not-readable`) and left out.
 * @param reader the machine's file system
 * @param fallbackArch the architecture by libvirt's name, where the kernel does not show it
 */
export function recordHost(reader: TreeReader, fallbackArch: string, options: RecordOptions = {}): RecordedHost {
  const { pci, diagnostics } = recordPci(reader)
  const arch = recordArch(reader) ?? fallbackArch
  const descriptors = recordDescriptors(reader)
  const images = recordImages(reader, options.images ?? [])
  const facts: HostFile = {
    arch,
    libvirt: recordLibvirt(reader),
    kernelVersion: reader.text('proc/sys/kernel/osrelease'),
    vfioEnableSriov: moduleFlag(reader, 'sys/module/vfio_pci/parameters/enable_sriov'),
    ...recordPageSizes(reader),
    physicalAddressBits: recordPhysicalAddressBits(reader),
    cpu: recordCpu(reader, arch),
    numaNodes: recordNumaNodes(reader),
    hugePages: recordHugePages(reader),
    ...recordConfig(reader, options.secrets === true),
    ...recordPrograms(reader, arch),
    ...recordDevices(reader),
    ...recordSmbios(reader),
    pci,
    ...descriptors.file,
    ...recordNetworks(reader),
    ...recordPools(reader),
    ...(options.secrets && recordSecrets(reader)),
    ...images.file,
  }
  return {
    facts,
    diagnostics: [...diagnostics, ...descriptors.diagnostics, ...images.diagnostics, ...[...reader.denied].map(denied)],
  }
}

/** The kernel shows a boolean module option as Y or N. */
function moduleFlag(reader: TreeReader, path: string): boolean | undefined {
  const text = reader.text(path)
  return text === undefined ? undefined : text === 'Y' || text === '1'
}

function denied(path: string): Diagnostic {
  return {
    code: 'host/not-readable',
    severity: 'info',
    message: `${path} may not be read by this user, and what it says is left out.`,
    hint: 'Record as root where it matters.',
  }
}
