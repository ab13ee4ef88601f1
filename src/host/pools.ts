import type { SecretReference } from './secrets.ts'

/** A volume of a pool: what kind of storage it is, and its path. */
export interface StorageVolume {
  readonly name: string
  readonly type: 'file' | 'block' | 'dir' | 'network' | 'netdir' | 'ploop'
  readonly path: string
}

/** A storage pool, as far as disks of type volume need it (source: libvirt's formatstorage page). */
export interface StoragePool {
  readonly name: string
  readonly type: string
  /** Disks may use active pools only. */
  readonly active: boolean
  readonly hosts: readonly { readonly name: string; readonly port?: number | undefined }[]
  /** `<source><name>`: a volume group, a Ceph pool, a Gluster volume. */
  readonly sourceName?: string | undefined
  /** `<source><dir>`. */
  readonly sourceDirectory?: string | undefined
  /** `<source><device>`: for iSCSI the target's IQN. */
  readonly devices: readonly string[]
  readonly initiator?: string | undefined
  readonly auth?:
    | { readonly type: string; readonly username: string; readonly secret?: SecretReference | undefined }
    | undefined
  /** `<source><protocol ver>`, e.g. of NFS. */
  readonly protocolVersion?: string | undefined
  readonly targetPath?: string | undefined
  /** Undefined where the pool has no such volume. */
  volume(name: string): StorageVolume | undefined
}

export interface StoragePools {
  /** Undefined where the host has no such pool. */
  find(name: string): StoragePool | undefined
}

/** A host without storage pools. */
export const noStoragePools: StoragePools = { find: () => undefined }
