import type { JsonSchema } from '../json/shape.ts'
import { describeSecret, type SecretReference } from './secrets.ts'
import type { FactKey } from './standing.ts'

/** A fact that slices ask the host for: in words, and how a host file says it. */
export interface AskedFact {
  readonly key: FactKey
  /** As a noun: `the network default`. */
  readonly what: string
  /** What a host file says of it, as an excerpt; `…` is for the user to fill in. */
  readonly example: JsonSchema
  /** The key lists all there is: what a described host does not list is not there. */
  readonly complete?: boolean
}

const secretAsEntry = ({ uuid, usage, type }: SecretReference) =>
  uuid === undefined ? { type, usage: usage ?? '…', value: '…' } : { uuid, value: '…' }

/** Every fact that can be assumed or unknown. */
export const asked = {
  qemu: {
    key: 'emulators',
    what: 'the version of QEMU',
    example: { emulators: { x86_64: '/usr/bin/…' } },
  } satisfies AskedFact as AskedFact,
  emulator: (arch: string): AskedFact => ({
    key: 'emulators',
    what: `the emulator for ${arch}`,
    example: { emulators: { [arch]: '/usr/bin/…' } },
  }),
  network: (name: string): AskedFact => ({
    key: 'networks',
    what: `the network ${name}`,
    example: { networks: [{ xml: `<network><name>${name}</name><forward mode='nat'/><bridge name='…'/></network>` }] },
    complete: true,
  }),
  pool: (name: string): AskedFact => ({
    key: 'storagePools',
    what: `the storage pool ${name}`,
    example: {
      storagePools: [
        {
          xml: `<pool type='dir'><name>${name}</name><target><path>…</path></target></pool>`,
          volumes: [{ name: '…', type: 'file', path: '…' }],
        },
      ],
    },
    complete: true,
  }),
  volume: (pool: string, name: string): AskedFact => ({
    ...asked.pool(pool),
    what: `the volume ${name} of the storage pool ${pool}`,
  }),
  program: (name: string): AskedFact => ({
    key: 'helpers',
    what: `the program ${name}`,
    example: { helpers: { [name]: `/usr/bin/${name}` } },
    complete: true,
  }),
  firmware: (kind: string): AskedFact => ({
    key: 'firmware',
    what: `a ${kind} firmware`,
    example: { firmware: [{ path: '/usr/share/qemu/firmware/….json', descriptor: '…' }] },
    complete: true,
  }),
  vhostUser: (what: string): AskedFact => ({
    key: 'vhostUser',
    what,
    example: { vhostUser: [{ path: '/usr/share/qemu/vhost-user/….json', descriptor: '…' }] },
    complete: true,
  }),
  secret: (reference: SecretReference): AskedFact => ({
    key: 'secrets',
    what: `the ${describeSecret(reference)}`,
    example: { secrets: [secretAsEntry(reference)] },
    complete: true,
  }),
  masterKey: {
    key: 'masterKey',
    what: 'the key with which secrets are sealed for QEMU',
    example: { masterKey: { key: '…', iv: '…' } },
  },
  cpu: {
    key: 'cpu',
    what: "the host's CPU",
    example: { cpu: { arch: '…', model: '…', sockets: 1, cores: 1, threads: 1, features: [] } },
  },
  hugetlbfs: (sizeKiB: bigint | undefined): AskedFact => ({
    key: 'config.hugetlbfs',
    what: sizeKiB === undefined ? 'the mount of huge pages' : `the mount of huge pages of ${sizeKiB} KiB`,
    example: {
      config: {
        hugetlbfs: [
          { mount: '/dev/hugepages', sizeKiB: 2048, default: true },
          ...(sizeKiB === undefined || sizeKiB === 2048n
            ? []
            : [{ mount: '…', sizeKiB: Number(sizeKiB), default: false }]),
        ],
      },
    },
    complete: true,
  }),
  bridgeTap: {
    key: 'descriptors',
    what: 'who opens the taps on bridges',
    example: { descriptors: { bridgeTap: 30 } },
  },
  ethernetTap: {
    key: 'descriptors',
    what: 'who opens the taps',
    example: { descriptors: { ethernetTap: 30 } },
  },
  vdpa: {
    key: 'descriptors',
    what: 'who opens the vDPA devices',
    example: { descriptors: { vdpa: 32 } },
  },
  macvtap: (device: string): AskedFact => ({
    key: 'descriptors',
    what: `the open macvtap on ${device}`,
    example: { descriptors: { macvtap: 30 } },
  }),
  images: {
    key: 'images',
    what: 'images below local images',
    example: { images: [{ path: '…', type: 'file', format: 'qcow2' }] },
  },
  image: (path: string): AskedFact => ({
    key: 'images',
    what: `the image ${path}`,
    example: { images: [{ path, type: 'file', format: '…' }] },
  }),
  smbios: {
    key: 'smbios',
    what: "the host's SMBIOS tables",
    example: { smbios: { system: [{ name: 'manufacturer', value: '…' }] } },
  },
  sev: {
    key: 'amdSev',
    what: "the host's AMD SEV",
    example: { amdSev: { cbitpos: 51, reducedPhysBits: 1 } },
  },
  tdx: {
    key: 'tdx',
    what: "the host's Intel TDX",
    example: { tdx: true },
    complete: true,
  },
  secureGuest: {
    key: 'secureGuest',
    what: "the host's Secure Execution",
    example: { secureGuest: true },
    complete: true,
  },
  scsiGeneric: (byAddress: boolean): AskedFact => ({
    key: byAddress ? 'scsiGeneric' : 'scsiGenericName',
    what: 'the generic device of the SCSI address',
    example: { scsiGeneric: { '0:0:0:0': 'sg0' } },
  }),
  drmRenderNode: {
    key: 'drmRenderNode',
    what: 'the DRM render node',
    example: { drmRenderNode: '/dev/dri/renderD128' },
  },
  autoNodeset: {
    key: 'autoNodeset',
    what: "the nodes that the host's advisor gives",
    example: { autoNodeset: '0' },
  },
  fdGroup: (name: string): AskedFact => ({
    key: 'fdGroups',
    what: `the group of descriptors ${name}`,
    example: { fdGroups: { [name]: [3] } },
    complete: true,
  }),
} satisfies { readonly [name: string]: AskedFact | ((...args: never[]) => AskedFact) }
