import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { archs, type Capabilities } from '../../src/capabilities/capabilities.ts'
import type { DriverConfig } from '../../src/host/config.ts'
import { type DescriptorFile, type Firmware, firmwareShape, inPrecedence } from '../../src/host/descriptors.ts'
import type { HostFacts } from '../../src/host/facts.ts'
import { type Host, targetOf } from '../../src/host/host.ts'
import { readNetwork, readPort } from '../../src/host/network-xml.ts'
import type { HostNetwork, Networks } from '../../src/host/networks.ts'
import type { PciInventory } from '../../src/host/pci-inventory.ts'
import { readPool } from '../../src/host/pool-xml.ts'
import type { StoragePool, StoragePools, StorageVolume } from '../../src/host/pools.ts'
import type { RandomSource } from '../../src/host/random.ts'
import { type Descriptors, type HostResources, resourcesFrom } from '../../src/host/resources.ts'
import { type SecretStore, sealWith } from '../../src/host/secrets.ts'
import { XmlReader } from '../../src/host/xml-reader.ts'
import { checkerOf } from '../../src/json/check.ts'
import { readXml } from '../../src/xml/read.ts'
import type { XmlElement } from '../../src/xml/tree.ts'
import type { Case } from './cases.ts'

/** `host.json`, in the words of the corpus. */
interface HostFile {
  readonly config: DriverConfig
  readonly environment: Readonly<Record<string, string>>
  readonly clock: HostFacts['clock']
  readonly emulator: string
  readonly privileged: boolean
  readonly domainId: number
  readonly securityModels: readonly string[]
  readonly pageSizeBytes: number
  readonly thpSizeKiB: number
  readonly physicalAddressBits: Readonly<Record<string, number>> & { readonly default: number }
  readonly kvm: HostFacts['kvm']
  readonly autoNodeset: string
  readonly numaNodes: NonNullable<HostFacts['numaNodes']>
  readonly cpu: Readonly<Record<string, CpuFile>>
  readonly cpuModels: Readonly<Record<string, CpuFile>>
  readonly random: { readonly bits64: string }
  readonly autoPorts: NonNullable<HostFacts['autoPorts']>
  readonly secretValue: string
  readonly storagePools: string
  readonly networks: string
  readonly networkPorts: string
  readonly nwfilterBindings: readonly string[]
  readonly firmwareDescriptors: DescriptorFolders
  readonly vhostUserDescriptors: DescriptorFolders & {
    readonly binaries: Readonly<Record<string, { readonly features: readonly string[] }>>
  }
  readonly drmRenderNode: string
  readonly scsiGenericName: string
  readonly hostCdrom: readonly string[]
  readonly existingNetDevices: readonly string[]
  readonly tapNameWhenUnset: string
  readonly tpm: {
    readonly cancelPath: string
    readonly fds: { readonly tpm: number; readonly cancel: number }
    readonly emulatorSocket: string
    readonly swtpmVersions: readonly string[]
  }
  readonly fds: Descriptors
  readonly vsockAutoCid: number
  readonly vhostUserIfname: string
  readonly identityToken: string
  readonly amdSev: { readonly cpuid8000001F: { readonly ecx: number; readonly edx: number } }
  readonly pci: PciInventory
}

type CpuFile = Omit<NonNullable<HostFacts['cpu']>, 'features'> & { readonly features?: readonly string[] }

interface DescriptorFolders {
  readonly root: string
  readonly dirs: readonly string[]
}

/** One that is no descriptor is passed over, as libvirt does. */
const firmwareDescriptor = checkerOf<Firmware>(firmwareShape.schema, 'firmware', 'firmware descriptor')

/** The fake host of a corpus: its files are read once, each case gets the model with its own differences. */
export class Hosts {
  readonly #file: HostFile
  readonly #networks: Networks
  readonly #storagePools: StoragePools
  readonly #secrets: SecretStore
  readonly #random: RandomSource
  readonly #emulators: Readonly<Record<string, string>>
  readonly #firmware: HostFacts['firmware']
  readonly #vhostUser: HostFacts['vhostUser']

  constructor(support: string) {
    this.#file = JSON.parse(readFileSync(join(support, 'host.json'), 'utf8'))
    const file = this.#file
    this.#networks = networksIn(join(support, file.networks), join(support, file.networkPorts))
    this.#storagePools = poolsIn(join(support, file.storagePools))
    this.#secrets = secretsOf(file.secretValue)
    const bits = BigInt(file.random.bits64)
    // The reference draws each byte of a MAC address from 64 bits of their own, and other bytes from one stream.
    const byte = (index: number, purpose: string) => (purpose.endsWith('/mac') ? Number(bits & 0xffn) : index)
    this.#random = {
      bytes: (count, purpose) => Uint8Array.from({ length: count }, (_, index) => byte(index, purpose)),
      bits64: () => bits,
    }
    this.#emulators = Object.fromEntries(archs.map((arch) => [arch, file.emulator.replace('ARCH', targetOf(arch))]))
    this.#firmware = descriptorsIn(support, file.firmwareDescriptors).flatMap(({ path, text }) => {
      const { value: descriptor } = firmwareDescriptor(text)
      return descriptor ? [{ path, descriptor }] : []
    })
    this.#vhostUser = descriptorsIn(support, file.vhostUserDescriptors).map(({ path, text }) => {
      const descriptor = JSON.parse(text)
      return { path, descriptor: { ...descriptor, ...file.vhostUserDescriptors.binaries[descriptor.binary] } }
    })
  }

  of(testCase: Case, capabilities: Capabilities): Host {
    const file = this.#file
    const { arch } = testCase
    const descriptors: Descriptors = {
      ...file.fds,
      tpm: file.tpm.fds.tpm,
      tpmCancel: file.tpm.fds.cancel,
      vdpaByPath: testCase.vdpaFds,
    }
    const facts: HostFacts = {
      arch,
      config: { ...file.config, ...testCase.config },
      environment: { ...file.environment, ...testCase.env },
      clock: file.clock,
      emulators: this.#emulators,
      privileged: file.privileged,
      domainId: file.domainId,
      securityModels: file.securityModels,
      pageSizeBytes: file.pageSizeBytes,
      thpSizeKiB: file.thpSizeKiB,
      physicalAddressBits: file.physicalAddressBits[arch] ?? file.physicalAddressBits.default,
      kvm: file.kvm,
      secureGuest: capabilities.has('confidential-guest-support') && capabilities.has('s390-pv-guest'),
      amdSev: file.amdSev.cpuid8000001F,
      cpu: this.#cpu(testCase),
      numaNodes: file.numaNodes,
      autoNodeset: file.autoNodeset,
      autoPorts: file.autoPorts,
      firmware: this.#firmware,
      vhostUser: this.#vhostUser,
      nbdkit: testCase.nbdkit,
      helpers: { 'qemu-rdp': '/usr/bin/qemu-rdp' },
      slirpHelper: testCase.slirpHelper ?? false,
      tpm: {
        cancelPath: file.tpm.cancelPath,
        emulatorSocket: file.tpm.emulatorSocket,
        swtpmVersions: testCase.swtpmVersions ?? file.tpm.swtpmVersions,
      },
      descriptors,
      fdGroups: testCase.fdGroups ?? {},
      writableFdGroups: testCase.fdGroupsWritable ?? (testCase.libvirt === undefined ? undefined : []),
      vsockAutoCid: file.vsockAutoCid,
      drmRenderNode: file.drmRenderNode,
      scsiGenericName: file.scsiGenericName,
      hostCdrom: file.hostCdrom,
      netDevices: file.existingNetDevices,
      tapName: file.tapNameWhenUnset,
      vhostUserIfname: file.vhostUserIfname,
      nwfilterBindings: file.nwfilterBindings,
      identityToken: file.identityToken,
      fips: testCase.hostFips ?? false,
      pci: file.pci,
    }
    return {
      ...facts,
      networks: this.#networks,
      storagePools: this.#storagePools,
      secrets: this.#secrets,
      resources: handingOut(descriptors),
      random: this.#random,
      standing: () => 'described',
    }
  }

  #cpu({ arch, hostCpu, id }: Case): HostFacts['cpu'] {
    const cpu = hostCpu === undefined ? this.#file.cpu[arch] : this.#file.cpuModels[hostCpu]
    if (hostCpu !== undefined && cpu === undefined) throw new Error(`${id}: host.json has no CPU ${hostCpu}`)
    return cpu && { ...cpu, features: cpu.features ?? [] }
  }
}

/** This host hands out vhost for every card that could use it, whatever its driver is. */
function handingOut(descriptors: Descriptors): HostResources {
  const resources = resourcesFrom(descriptors)
  return { ...resources, vhostNet: (queues) => resources.vhostNet(queues, true) }
}

/** Network `A;B` is the file A with the port of file B. */
function networksIn(networks: string, ports: string): Networks {
  return remembering((name) => {
    const [networkName, portName] = name.split(';')
    if (portName === undefined) return undefined
    const network = rootOf(join(networks, `${networkName}.xml`))
    const port = rootOf(join(ports, `${portName}.xml`))
    if (network === undefined || port === undefined) return undefined
    return reading((reader): HostNetwork => ({ network: readNetwork(network, reader), port: readPort(port, reader) }))
  })
}

/** Pool NAME is the file NAME, and `inactive` is there without a file. */
function poolsIn(folder: string): StoragePools {
  return remembering((name): StoragePool | undefined => {
    if (name === 'inactive') return { name, type: 'dir', active: false, hosts: [], devices: [], volume: volumeOf }
    const root = rootOf(join(folder, `${name}.xml`))
    return root && { ...reading((reader) => readPool(root, true, reader)), volume: volumeOf }
  })
}

const volumeTypes = ['file', 'block', 'dir', 'network', 'netdir', 'ploop'] as const

/** Volume `TYPE+NAME`; a block device without a type. */
function volumeOf(name: string): StorageVolume | undefined {
  if (name === 'nonexistent') return undefined
  const plus = name.indexOf('+')
  const type = plus < 0 ? 'block' : volumeTypes.find((known) => known === name.slice(0, plus))
  return type && { name, type, path: `/some/${type}/device/${name.slice(plus + 1)}` }
}

function secretsOf(value: string): SecretStore {
  const bytes = new TextEncoder().encode(value)
  const counting = (length: number) => Uint8Array.from({ length }, (_, index) => index)
  const usages = new Set(['mycluster_myname', 'client.admin secret'])
  const known = (usage = '') => usages.has(usage) || usage.startsWith('/storage/guest_disks/')
  return {
    find: ({ uuid, usage }) => (uuid !== undefined || known(usage) ? bytes : undefined),
    seal: sealWith({ key: counting(32), iv: counting(16) }),
  }
}

function descriptorsIn(support: string, { root, dirs }: DescriptorFolders): DescriptorFile[] {
  const files = dirs.flatMap((dir) => {
    const folder = join(support, root, dir)
    if (!existsSync(folder)) return []
    return readdirSync(folder).map((name) => ({
      path: `${dir}/${name}`,
      text: readFileSync(join(folder, name), 'utf8'),
    }))
  })
  return inPrecedence(dirs, files)
}

function rootOf(path: string): XmlElement | undefined {
  return existsSync(path) ? readXml(readFileSync(path, 'utf8')).root : undefined
}

function reading<T>(read: (reader: XmlReader) => T): T {
  const reader = new XmlReader()
  const result = read(reader)
  if (reader.diagnostics.length > 0) throw new Error(reader.diagnostics.map(({ message }) => message).join('; '))
  return result
}

function remembering<T>(find: (name: string) => T): { find(name: string): T } {
  const found = new Map<string, T>()
  return {
    find: (name) => {
      if (!found.has(name)) found.set(name, find(name))
      return found.get(name) as T
    },
  }
}
