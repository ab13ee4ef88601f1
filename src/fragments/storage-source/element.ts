import type { Element } from '../../codec/description.ts'
import { choice, element, type Infer } from '../../codec/element.ts'
import { child, lazy, many, optional, required, requiredChild, withDefault } from '../../codec/field.ts'
import { big, hex } from '../../codec/number.ts'
import { nonEmpty, oneOf, text, yesNo } from '../../codec/scalar.ts'
import { own } from '../../own.ts'
import { deviceSeclabel } from '../device-seclabel.ts'
import { reconnectAttributes, settleReconnect } from '../reconnect.ts'
import { settleDataStore, storeFormat } from './data-store.ts'
import * as network from './network.ts'
import { auth, encryption } from './secret.ts'

const slice = element('slice', 'A part of the storage that is used alone.', {
  attributes: {
    type: required(oneOf('storage'), { doc: 'What it is a slice of.' }),
    offset: required(big(), { doc: 'First byte.' }),
    size: required(big(), { doc: 'Bytes.' }),
  },
})

const slices = element(
  'slices',
  'Parts of the storage that are used alone.',
  { children: { slice: many(slice) } },
  { omitEmpty: true },
)

const reservationsSource = element('source', 'Socket of the helper.', {
  attributes: {
    type: required(oneOf('unix'), { doc: 'Always a UNIX socket.' }),
    path: optional(text, { doc: 'Path of the socket.' }),
    mode: required(oneOf('client'), { doc: 'QEMU connects, the helper listens.' }),
  },
})

const reservations = element('reservations', 'Persistent reservations of a SCSI disk, through a helper.', {
  attributes: {
    managed: required(yesNo, { doc: 'yes: the helper is started with the guest.' }),
    migration: optional(yesNo, { doc: 'Whether reservations move with the guest in a migration.', since: '12.1' }),
  },
  children: { source: child(reservationsSource) },
})

const startupPolicy = optional(oneOf('mandatory', 'requisite', 'optional'), {
  doc: 'What happens where the source is missing.',
})

/** What every kind of source may carry, after its own. */
const common = {
  slices: child(slices),
  seclabel: many(deviceSeclabel),
  auth: child(auth),
  reservations: child(reservations),
  encryption: child(encryption),
  dataStore: lazy((): Element<DataStore> => dataStore, {
    since: '10.10',
    doc: 'Of a qcow2 image: where its data are.',
  }),
} as const

/** The number of an image is given at a start, and read from a running guest only. */
const ignored = { attributes: ['index'], children: ['privateData'] }

const fileSource = element(
  'source',
  'A file.',
  {
    attributes: {
      file: optional(nonEmpty, { doc: 'Path.' }),
      fdgroup: optional(nonEmpty, {
        doc: 'Descriptors that were handed to libvirt under this name, in place of the path.',
      }),
      startupPolicy,
    },
    children: common,
  },
  { ignored },
)

const blockSource = element(
  'source',
  'A block device of the host.',
  { attributes: { dev: optional(nonEmpty, { doc: 'Path.' }), startupPolicy }, children: common },
  { ignored },
)

const dirSource = element(
  'source',
  'A directory, shown as a FAT file system.',
  { attributes: { dir: optional(nonEmpty, { doc: 'Path.' }), startupPolicy }, children: common },
  { ignored },
)

const volumeSource = element(
  'source',
  'A volume of a storage pool.',
  {
    attributes: {
      pool: optional(nonEmpty, { doc: 'Name of the pool.' }),
      volume: optional(nonEmpty, { doc: 'Name of the volume.' }),
      mode: optional(oneOf('host', 'direct'), {
        doc: "iSCSI: through the host's block device, or by QEMU's own initiator.",
      }),
      startupPolicy,
    },
    children: common,
  },
  {
    ignored,
    settle: ({ fields, error }) => {
      if ((fields.pool === undefined) === (fields.volume === undefined)) return
      error({
        code: 'source/volume-without-pool',
        message: 'A volume is named by its pool and its own name; one of the two is missing.',
        hint: fields.pool === undefined ? "Add pool='…'." : "Add volume='…'.",
      })
    },
  },
)

/** Parts that libvirt reads of some protocols alone. */
const partsOfProtocols: { readonly [part: string]: readonly string[] } = {
  query: ['http', 'https'],
  ssl: ['https', 'ftps'],
  cookies: ['http', 'https'],
  knownHosts: ['ssh'],
  readahead: ['http', 'https', 'ftp', 'ftps'],
  timeout: ['http', 'https', 'ftp', 'ftps'],
  reconnect: ['nbd'],
  identity: ['nfs', 'ssh'],
}

/** Who opens the source is told by other attributes to NFS than to SSH; those of the other are forgotten. */
const namesOfUsers: { readonly [protocol: string]: readonly string[] } = {
  nfs: ['user', 'group'],
  ssh: ['username', 'keyfile', 'agentsock'],
}

const networkSource = element(
  'source',
  'Storage of another machine.',
  {
    attributes: {
      protocol: required(network.protocols, {
        missing: 'source/missing-protocol',
        doc: 'What is spoken with the server.',
      }),
      name: optional(text, { doc: 'Name of the image on the server.' }),
      query: optional(text, { keepsEmpty: true, doc: 'Query part of a URL.' }),
      tls: optional(yesNo, { doc: 'Whether the connection is encrypted.' }),
      tlsHostname: optional(nonEmpty, { doc: "Name expected in the server's certificate." }),
      startupPolicy,
    },
    children: {
      host: many(network.host),
      reconnect: child(network.reconnect),
      snapshot: child(network.snapshot),
      config: child(network.config),
      initiator: child(network.initiator),
      ssl: child(network.ssl),
      cookies: child(network.cookies),
      readahead: child(network.readahead),
      timeout: child(network.timeout),
      knownHosts: child(network.knownHosts),
      identity: child(network.identity),
      ...common,
    },
  },
  {
    ignored,
    settle: ({ fields, error }) => {
      // What is on another machine has its labels there.
      fields.seclabel = []
      for (const [part, protocols] of Object.entries(partsOfProtocols)) {
        if (!protocols.includes(String(fields.protocol))) fields[part] = undefined
      }
      network.checkCookies(fields.cookies as network.Cookies | undefined, error)
      const identity = fields.identity as { [name: string]: unknown } | undefined
      const names = own(namesOfUsers, String(fields.protocol)) ?? []
      for (const name of Object.keys(identity ?? {})) if (!names.includes(name)) identity![name] = undefined
    },
  },
)

const nvmeAddress = element('address', 'PCI address of the controller.', {
  attributes: {
    domain: withDefault(hex(4, { max: 0xffff }), 0, { doc: 'PCI domain.' }),
    bus: withDefault(hex(2, { max: 0xff }), 0, { doc: 'Bus.' }),
    slot: withDefault(hex(2, { max: 0x1f }), 0, { doc: 'Slot.' }),
    function: withDefault(hex(1, { max: 7 }), 0, { doc: 'Function.' }),
  },
})

const nvmeSource = element(
  'source',
  'A namespace of an NVMe controller that QEMU drives itself.',
  {
    attributes: {
      type: required(oneOf('pci'), { doc: 'The controller is a PCI function.' }),
      managed: withDefault(yesNo, true, { doc: 'Detach the controller from its host driver automatically.' }),
      namespace: required(big({ min: 1n }), { doc: 'Number of the namespace, from 1.' }),
      startupPolicy,
    },
    children: { address: requiredChild(nvmeAddress, { missing: 'source/nvme-without-address' }), ...common },
  },
  { ignored },
)

const vhostUserReconnect = element(
  'reconnect',
  'What happens when the other process goes away.',
  { attributes: reconnectAttributes },
  {
    omitEmpty: true,
    ignored: { attributes: ['delay'] },
    settle: (settling) =>
      settleReconnect(settling, {
        code: 'disk/vhost-user-reconnect',
        message: 'The connection is made anew, but after how long is not said.',
        hint: "Add timeout='10' (seconds).",
      }),
  },
)

const vhostUserSource = element(
  'source',
  'A disk of another process, over its vhost-user socket.',
  {
    attributes: {
      type: required(oneOf('unix'), { doc: 'Always a UNIX socket.' }),
      path: optional(text, { doc: 'Path of the socket.' }),
    },
    children: { reconnect: child(vhostUserReconnect), ...common },
  },
  { ignored: { attributes: ['index', 'mode'], children: ['privateData'] } },
)

const vhostVdpaSource = element(
  'source',
  'A vDPA device of the host.',
  {
    attributes: { dev: required(nonEmpty, { doc: 'Path of the vhost-vdpa device.' }), startupPolicy },
    children: common,
  },
  { ignored },
)

/** The kinds of source that are made where the domain names something else (a volume of a pool). */
export const sourceElements = { file: fileSource, block: blockSource, dir: dirSource, network: networkSource }

/** `<source>` by the type of the element that holds it: a disk, a backing store, a mirror. Spread into `children`. */
export const sourceByType = choice('type', {
  file: { children: { source: child(fileSource) } },
  block: { children: { source: child(blockSource) } },
  dir: { children: { source: child(dirSource) } },
  network: { children: { source: child(networkSource) } },
  volume: { children: { source: child(volumeSource) } },
  nvme: { children: { source: child(nvmeSource) } },
  vhostuser: { children: { source: child(vhostUserSource) } },
  vhostvdpa: { children: { source: child(vhostVdpaSource) } },
})

export const sourceTypes = oneOf('file', 'block', 'dir', 'network', 'volume', 'nvme', 'vhostuser', 'vhostvdpa')

export type SourceByType = NonNullable<ReturnType<NonNullable<(typeof sourceByType)['inferred']>>>
export type SourceType = SourceByType['type']
export type SourceOf<T extends SourceType> = NonNullable<Extract<SourceByType, { type: T }>['source']>
export type Source = NonNullable<SourceByType['source']>
export type Slice = Infer<typeof slice>

/** `type` and `source` fit each other: one choice reads both. */
export interface DataStore {
  readonly type: SourceType
  readonly format: { readonly type: string } | undefined
  readonly source: Source | undefined
}

/** Source: formatdomain, "Hard drives, floppy disks, CDROMs", dataStore; oracle: libvirt 11.3, 12.8. */
const dataStore = element(
  'dataStore',
  'Where the data of a qcow2 image are, which holds nothing but their tables then.',
  {
    attributes: { type: required(sourceTypes, { doc: 'Kind of source.' }) },
    children: { format: child(storeFormat), by: sourceByType },
  },
  { ignored: { attributes: ['index'], children: ['backingStore'] }, settle: settleDataStore },
) as unknown as Element<DataStore>

/** The store as a source like any other. */
export const locatedOf = ({ type, source }: DataStore) => ({ type, source }) as SourceByType
