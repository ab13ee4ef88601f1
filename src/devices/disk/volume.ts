import type { Context } from '../../context/context.ts'
import { type SourceByType, sourceElements } from '../../fragments/storage-source/element.ts'
import { type Auth, auth as authElement } from '../../fragments/storage-source/secret.ts'
import { asked } from '../../host/asked.ts'
import type { StoragePool, StorageVolume } from '../../host/pools.ts'
import type { Origin } from '../../origin/origin.ts'
import { defaultPorts } from '../../parts/storage-source/protocols/server.ts'
import type { Disk } from './element.ts'

/** A volume as what it stands for: where it is, and who opens it. */
export interface ResolvedVolume {
  readonly located: SourceByType
  readonly auth: Auth | undefined
}

type VolumeDisk = Extract<Disk, { type: 'volume' }>

/** Looks up the volume of a disk in the host's pools. Reports a pool or volume that is not there. */
export function resolveVolume(disk: VolumeDisk, context: Context): ResolvedVolume | undefined {
  const { source } = disk
  if (source?.pool === undefined || source.volume === undefined) return undefined
  const known = context.host.storagePools.find(source.pool)
  const {
    standing,
    value: pool,
    origin,
  } = context.ask(asked.pool(source.pool), known, {
    at: source,
    field: 'pool',
    says: known?.targetPath,
  })
  if (standing === 'unknown') return undefined
  const refuse = (code: string, message: string, hint: string, field: 'pool' | 'volume') => {
    context.error({ code, message, hint, at: source, field, when: 'start' })
    return undefined
  }
  if (pool === undefined) {
    return refuse(
      'disk/unknown-pool',
      `The host has no storage pool ${source.pool}.`,
      'See `virsh pool-list --all`.',
      'pool',
    )
  }
  if (!pool.active) {
    return refuse(
      'disk/inactive-pool',
      `The storage pool ${pool.name} is not active.`,
      'Start it: `virsh pool-start`.',
      'pool',
    )
  }
  // Nobody knows the volumes of an assumed pool: they are files below its folder.
  const volume = pool.volume(source.volume) ?? (standing === 'assumed' ? fileIn(pool, source.volume) : undefined)
  if (volume === undefined && context.host.standing('storagePools') === 'sketched') {
    context.ask(asked.volume(pool.name, source.volume), undefined, { at: source, field: 'volume' })
    return undefined
  }
  if (volume === undefined) {
    const message = `The storage pool ${pool.name} has no volume ${source.volume}.`
    return refuse('disk/unknown-volume', message, 'See `virsh vol-list`.', 'volume')
  }
  return locate(disk, pool, volume, origin, context)
}

function fileIn({ targetPath }: StoragePool, name: string): StorageVolume | undefined {
  return targetPath === undefined ? undefined : { name, type: 'file', path: `${targetPath}/${name}` }
}

function locate(
  disk: VolumeDisk,
  pool: StoragePool,
  volume: StorageVolume,
  reason: Origin,
  context: Context,
): ResolvedVolume | undefined {
  const { source } = disk
  const common = { slices: source?.slices, encryption: source?.encryption }
  if (pool.type === 'iscsi-direct' || (pool.type === 'iscsi' && source?.mode === 'direct')) {
    return { located: iscsiSource(pool, volume, reason, context), auth: poolAuth(pool, reason, context) }
  }
  const made = (located: SourceByType): ResolvedVolume => {
    if (located.source) context.made(located.source, reason)
    return { located, auth: disk.auth ?? source?.auth }
  }
  // What an iSCSI pool holds are the host's disks, whatever the volume says of itself.
  const type = pool.type === 'iscsi' ? 'block' : volume.type
  switch (type) {
    case 'file':
    case 'ploop':
      return made({ type: 'file', source: sourceElements.file.create({ file: volume.path, ...common }) })
    case 'block':
      return made({ type: 'block', source: sourceElements.block.create({ dev: volume.path, ...common }) })
    case 'dir':
      return made({ type: 'dir', source: sourceElements.dir.create({ dir: volume.path, ...common }) })
    default:
      context.error({
        code: 'disk/volume-type',
        message: `Volumes of the kind ${volume.type} cannot be given to a guest by pool and volume.`,
        hint: "Use <disk type='network'> instead.",
        at: source ?? disk,
        when: 'start',
      })
      return undefined
  }
}

/** The last number of `unit:0:0:3` is the LUN. */
function iscsiSource(pool: StoragePool, volume: StorageVolume, reason: Origin, context: Context): SourceByType {
  const lun = volume.name.split(':').at(-1) ?? '0'
  const server = pool.hosts[0]
  const source = sourceElements.network.create({
    protocol: 'iscsi',
    name: `${pool.devices[0] ?? ''}/${lun}`,
    host: [{ transport: undefined, name: server?.name, port: server?.port ?? defaultPorts.iscsi, socket: undefined }],
  })
  return { type: 'network', source: context.made(source, reason) }
}

function poolAuth(pool: StoragePool, reason: Origin, context: Context): Auth | undefined {
  if (pool.auth?.secret === undefined) return undefined
  const { uuid, usage } = pool.auth.secret
  const made = authElement.create({ username: pool.auth.username, secret: { type: 'iscsi', uuid, usage } })
  return context.made(made, reason)
}
