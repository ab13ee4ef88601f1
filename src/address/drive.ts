/**
 * Drive addresses: controller, bus, target, unit of disks (and of SCSI host devices) behind one kind of controller.
 * Source: formatdomain (Hard drives `<target dev>`; Device Addresses, drive). A disk without an address follows from
 * its target's name: `sdb` is the second place of its bus.
 */

export interface DriveAddress {
  readonly controller: number
  readonly bus: number
  readonly target: number
  readonly unit: number
}

/** How a controller counts its places. Unit 7 of a narrow SCSI bus is the controller itself, so seven are left. */
export interface DriveLayout {
  readonly busesPerController: number
  readonly unitsPerBus: number
}

export const DRIVE_LAYOUTS = {
  fdc: { busesPerController: 1, unitsPerBus: 2 },
  ide: { busesPerController: 2, unitsPerBus: 2 },
  sata: { busesPerController: 1, unitsPerBus: 6 },
  scsi: { busesPerController: 1, unitsPerBus: 7 },
} as const satisfies Record<string, DriveLayout>

/** Prefixes of libvirt's disk targets; six letters of base 26 stay far inside a safe integer. */
const TARGET_NAME = /^(fd|hd|vd|sd|xvd|ubd)([a-z]{1,6})(\d*)$/

/** Namespaces of NVMe controllers are counted from 1. */
const NAMESPACE_NAME = /^nvme(\d{1,9})n(\d{1,9})(?:p(\d{1,9}))?$/

/**
 * `sda` → 0, `sdz` → 25, `sdaa` → 26; a partition number after the letters is handed back.
 * @returns undefined for a name that is no disk's.
 */
export function driveIndex(target: string): { index: number; partition: number | undefined } | undefined {
  const match = TARGET_NAME.exec(target)
  if (match === null) return undefined
  let index = 0
  for (const letter of match[2]!) index = index * 26 + (letter.charCodeAt(0) - 96)
  return { index: index - 1, partition: match[3] === '' ? undefined : Number(match[3]) }
}

/**
 * `nvme1n3` → controller 1, index 2: the third namespace. A first partition after the name counts as none
 * (oracle: libvirt 12.8 takes `nvme0n1p1`, and refuses `nvme0n1p2`).
 * @returns undefined for a name that is no namespace's.
 */
export function namespaceIndex(
  target: string,
): { controller: number; index: number; partition: number | undefined } | undefined {
  const [, controller, namespace, partition] = NAMESPACE_NAME.exec(target) ?? []
  if (controller === undefined || Number(namespace) === 0) return undefined
  const part = partition === undefined || Number(partition) === 1 ? undefined : Number(partition)
  return { controller: Number(controller), index: Number(namespace) - 1, partition: part }
}

/** The place with a number, counting units, then buses, then controllers. */
export function driveAddressOf(index: number, { busesPerController, unitsPerBus }: DriveLayout): DriveAddress {
  const perController = busesPerController * unitsPerBus
  return {
    controller: Math.floor(index / perController),
    bus: Math.floor((index % perController) / unitsPerBus),
    target: 0,
    unit: index % unitsPerBus,
  }
}
