import type { HostFile } from '../file.ts'
import { numbered, type TreeReader } from './reader.ts'

/** Numbers that stand for the descriptors libvirt opens at a start: which they are says nothing. */
const launcher = {
  ethernetTap: 30,
  bridgeTap: 30,
  macvtap: 30,
  chardevUnixListen: 20,
  chardevFile: 22,
  chardevLog: 23,
  vhostUserVideo: 28,
}

/** Devices that QEMU may be handed: network devices, render nodes, CD drives, generic SCSI devices. */
export function recordDevices(reader: TreeReader): HostFile {
  const there = (path: string) => reader.kind(path) === 'char'
  const [render] = numbered(reader, 'dev/dri', 'renderD')
  return {
    netDevices: reader.list('sys/class/net') ?? [],
    ...(render && { drmRenderNode: `/dev/dri/${render[1]}` }),
    hostCdrom: (reader.list('sys/block') ?? []).filter((name) => /^sr\d+$/.test(name)).map((name) => `/dev/${name}`),
    scsiGeneric: scsiGeneric(reader),
    fips: reader.text('proc/sys/crypto/fips_enabled') === '1',
    descriptors: {
      ...launcher,
      vdpa: 32,
      ...(there('dev/vhost-net') && { vhostNet: 40 }),
      ...(there('dev/vhost-scsi') && { vhostScsi: 50 }),
      ...(there('dev/vhost-vsock') && { vhostVsock: 51 }),
      ...(there('dev/tpm0') && { tpm: 52, tpmCancel: 53 }),
    },
  }
}

/** The generic device behind each SCSI address that the kernel has. */
function scsiGeneric(reader: TreeReader): Readonly<Record<string, string>> {
  const found = (reader.list('sys/class/scsi_generic') ?? []).flatMap((name) => {
    const address = reader.linkName(`sys/class/scsi_generic/${name}/device`)
    return address === undefined ? [] : [[address, name] as const]
  })
  return Object.fromEntries(found)
}
