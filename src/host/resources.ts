import { dictionary, integer, type Of, optional, record } from '../json/shape.ts'
import { own } from '../own.ts'

const descriptor = (description: string) => optional(integer(description))

/** Numbers of the descriptors that a launcher would hand to QEMU. What has no number is opened by QEMU itself, by path. */
export const descriptorsShape = record('First numbers of the descriptors that a launcher hands to QEMU.', {
  ethernetTap: descriptor('Tap of an interface of type ethernet; one a queue, counting up.'),
  bridgeTap: descriptor('Tap of an interface on a bridge or network; one a queue, counting up.'),
  macvtap: descriptor('Macvtap of an interface of type direct; one a queue, counting up.'),
  vhostNet: descriptor('/dev/vhost-net; one a queue, counting up.'),
  vhostScsi: descriptor('/dev/vhost-scsi.'),
  vhostVsock: descriptor('/dev/vhost-vsock.'),
  vdpa: descriptor('A vDPA character device that vdpaByPath does not name.'),
  vdpaByPath: optional(dictionary('vDPA character devices by path.', integer('Its descriptor.'))),
  chardevUnixListen: descriptor('A UNIX socket on which QEMU listens, the monitor included.'),
  chardevFile: descriptor('A file behind a character device.'),
  chardevLog: descriptor('The log of a character device.'),
  vhostUserVideo: descriptor('The connection to the helper of a vhost-user video device.'),
  tpm: descriptor('A TPM device that is passed through.'),
  tpmCancel: descriptor("The file that cancels a passed-through TPM's command."),
})

export type Descriptors = Of<typeof descriptorsShape>

/**
 * What only a running host can hand out. Each method answers with descriptors, or with undefined where this host hands
 * out none: then the command line names a path that QEMU opens by itself. The same question gives the same answer
 * always, so that a command line is a function of its input.
 */
export interface HostResources {
  /** Taps, one a queue. `kind`: made on a bridge, taken as it is, or a macvtap. */
  taps(kind: 'bridge' | 'ethernet' | 'macvtap', queues: number): readonly number[] | undefined
  /** @param wanted libvirt would open it: for a guest of KVM whose card does not say that QEMU is its driver */
  vhostNet(queues: number, wanted: boolean): readonly number[] | undefined
  vhostScsi(): number | undefined
  vhostVsock(): number | undefined
  vdpa(path: string): number | undefined
  chardevUnixListen(): number | undefined
  chardevFile(): number | undefined
  chardevLog(): number | undefined
  vhostUserVideo(): number | undefined
  tpm(): { readonly device: number; readonly cancel: number } | undefined
}

/** Descriptors by number; an empty `numbers` is a host without a launcher. */
export function resourcesFrom(numbers: Descriptors): HostResources {
  const counting = (first: number | undefined, count: number) =>
    first === undefined ? undefined : Array.from({ length: count }, (_, index) => first + index)
  return {
    taps: (kind, queues) =>
      counting({ bridge: numbers.bridgeTap, ethernet: numbers.ethernetTap, macvtap: numbers.macvtap }[kind], queues),
    vhostNet: (queues, wanted) => (wanted ? counting(numbers.vhostNet, queues) : undefined),
    vhostScsi: () => numbers.vhostScsi,
    vhostVsock: () => numbers.vhostVsock,
    vdpa: (path) => own(numbers.vdpaByPath ?? {}, path) ?? numbers.vdpa,
    chardevUnixListen: () => numbers.chardevUnixListen,
    chardevFile: () => numbers.chardevFile,
    chardevLog: () => numbers.chardevLog,
    vhostUserVideo: () => numbers.vhostUserVideo,
    tpm: () =>
      numbers.tpm === undefined || numbers.tpmCancel === undefined
        ? undefined
        : { device: numbers.tpm, cancel: numbers.tpmCancel },
  }
}
