import { flag, integer, list, type Of, oneOf, optional, record, text } from '../json/shape.ts'
import type { SecretReference } from './secrets.ts'

export const volumeShape = record('A volume of a pool.', {
  name: text('Its name.'),
  type: oneOf('Kind of storage.', 'file', 'block', 'dir', 'network', 'netdir', 'ploop'),
  path: text('Its path, or its key where it has none.'),
})

const secretShape = record('A secret, by UUID or by usage.', {
  uuid: optional(text('Its UUID.')),
  usage: optional(text('Its usage.')),
})

/** A storage pool, as far as disks of type volume need it (source: libvirt's formatstorage page). */
export const poolShape = record('A storage pool.', {
  name: text('Its name.'),
  type: text('dir, fs, netfs, logical, disk, iscsi, iscsi-direct, scsi, mpath, rbd, gluster, zfs, vstorage, sheepdog.'),
  active: flag('Disks may use active pools only.'),
  hosts: list(
    'Its servers.',
    record('A server.', { name: text('Name or address.'), port: optional(integer('Port.', 1, 65535)) }),
  ),
  sourceName: optional(text('Name of the source: a volume group, a Ceph pool, a Gluster volume.')),
  sourceDirectory: optional(text('Directory of the source.')),
  devices: list('Devices of the source; of iSCSI the name of the target.', text('A path or name.')),
  initiator: optional(text("iSCSI's name of the initiator.")),
  auth: optional(
    record('How it is opened.', {
      type: text('chap or ceph.'),
      username: text('User.'),
      secret: optional(secretShape),
    }),
  ),
  protocolVersion: optional(text('Version of the protocol, e.g. of NFS.')),
  targetPath: optional(text('Where its volumes appear on the host.')),
})

export type StorageVolume = Of<typeof volumeShape>
export type PoolFacts = Of<typeof poolShape>

/** The secret that opens a pool, in the words of the secret store. */
export function poolSecret(pool: PoolFacts): SecretReference | undefined {
  if (pool.auth?.secret === undefined) return undefined
  return { ...pool.auth.secret, type: pool.auth.type === 'chap' ? 'iscsi' : pool.auth.type }
}

export interface StoragePool extends PoolFacts {
  /** Undefined where the pool has no such volume. */
  volume(name: string): StorageVolume | undefined
}

export interface StoragePools {
  /** Undefined where the host has no such pool. */
  find(name: string): StoragePool | undefined
}

/** A host without storage pools. */
export const noStoragePools: StoragePools = { find: () => undefined }

/** Pools with the volumes that are known of them. */
export function storagePoolsFrom(
  entries: readonly { readonly pool: PoolFacts; readonly volumes: readonly StorageVolume[] }[],
): StoragePools {
  const byName = new Map(
    entries.map(({ pool, volumes }): [string, StoragePool] => {
      const volumesByName = new Map(volumes.map((volume) => [volume.name, volume]))
      return [pool.name, { ...pool, volume: (name) => volumesByName.get(name) }]
    }),
  )
  return { find: (name) => byName.get(name) }
}
