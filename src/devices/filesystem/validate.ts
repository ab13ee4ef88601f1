import type { Context, Finding } from '../../context/context.ts'
import { dated } from '../../release/dated.ts'
import type { Filesystem } from './element.ts'

type Refuse = (finding: Finding) => void
type Check = (device: Filesystem, refuse: Refuse, context: Context) => void

/** Whether virtiofsd can be told to serve a folder read-only. */
const servesReadOnly = dated(false, ['11.0', true])

/** What virtiofs cannot do, because the helper and not QEMU serves the folder. */
const checkVirtiofs: Check = (device, refuse, context) => {
  const { source } = device
  if (device.readonly && !context.plan.at(servesReadOnly)) {
    refuse({
      code: 'filesystem/virtiofs-readonly',
      message: 'virtiofs cannot make a folder read-only for the guest.',
      hint: 'Use libvirt 11.0 or later, remove <readonly/> and mount it read-only, or use 9p.',
      field: 'readonly',
    })
  }
  if (device.accessmode !== undefined && device.accessmode !== 'passthrough') {
    refuse({
      code: 'filesystem/virtiofs-accessmode',
      message: `virtiofs has no accessmode ${device.accessmode}.`,
      hint: "Write accessmode='passthrough' or leave it out.",
      field: 'accessmode',
    })
  }
  if (device.fmode !== undefined || device.dmode !== undefined || device.multidevs !== undefined) {
    refuse({
      code: 'filesystem/virtiofs-9p-option',
      message: 'fmode, dmode and multidevs belong to 9p.',
      hint: 'Remove them.',
    })
  }
  if (device.model !== undefined) {
    refuse({
      code: 'filesystem/virtiofs-model',
      message: 'virtiofs has one model: there is nothing to choose.',
      hint: 'Remove model.',
      field: 'model',
    })
  }
  if (device.boot !== undefined && device.address?.type !== 'pci') {
    refuse({
      code: 'filesystem/virtiofs-boot',
      message: 'A guest boots from virtiofs only where it is a PCI device.',
      hint: 'Remove <boot>.',
      at: device.boot,
    })
  }
  if (device.driver?.wrpolicy !== undefined) {
    refuse({
      code: 'filesystem/virtiofs-wrpolicy',
      message: 'How virtiofs writes is the business of its helper: it takes no wrpolicy.',
      hint: 'Remove wrpolicy, or use 9p.',
      at: device.driver,
      field: 'wrpolicy',
    })
  }
  if (source.socket === undefined && source.dir === undefined) {
    refuse({
      code: 'filesystem/missing-source',
      message: 'Neither a folder nor the socket of a helper is named.',
      hint: "Add <source dir='…'/>.",
      at: source,
    })
  }
}

/** QEMU serves the folder with its own rights; it asks for no others. Source: oracle (11.3, 12.8). */
const checkMtp: Check = (device, refuse, context) => {
  const { accessmode } = device
  if (accessmode !== 'passthrough') {
    refuse({
      code: 'filesystem/mtp-accessmode',
      message: 'A USB media device (mtp) shows a folder with the accessmode passthrough only.',
      hint: "Write accessmode='passthrough' and a folder in <source>.",
      field: 'accessmode',
    })
    return
  }
  check9p(device, refuse, context)
}

const check9p: Check = (device, refuse) => {
  const { source, driver, binary, accessmode } = device
  if (source.socket !== undefined || binary !== undefined) {
    refuse({
      code: 'filesystem/virtiofs-only',
      message: 'A socket or a helper belongs to virtiofs.',
      hint: "Add <driver type='virtiofs'/>.",
      // defined by libvirt, without an accessmode that QEMU would want (oracle: 11.3, 12.8)
      when: 'start',
    })
  } else if (source.dir === undefined) {
    refuse({
      code: 'filesystem/missing-source',
      message: 'The folder is not named.',
      hint: "Add <source dir='…'/>.",
      at: source,
    })
  }
  if (device.boot !== undefined) {
    refuse({
      code: 'filesystem/9p-boot',
      message: 'No firmware boots from a 9p file system.',
      hint: 'Remove <boot>, or use virtiofs.',
      at: device.boot,
    })
  }
  if ((device.fmode !== undefined || device.dmode !== undefined) && accessmode !== 'mapped') {
    refuse({
      code: 'filesystem/mode-without-mapped',
      message: 'Modes of new files and folders can be set only with accessmode mapped.',
      hint: "Write accessmode='mapped', or remove fmode and dmode.",
    })
  }
  if (driver?.type !== undefined && driver.type !== 'path' && driver.type !== 'mtp') {
    refuse({
      code: 'filesystem/driver',
      message: `QEMU has no file system driver ${driver.type}.`,
      hint: "Use 'path', 'virtiofs' or 'mtp'.",
      at: driver,
      field: 'type',
    })
  }
}

export function checkFilesystem(device: Filesystem, context: Context): void {
  const refuse: Refuse = (finding) => context.error({ at: device, ...finding })
  if (device.type !== 'mount') {
    refuse({
      code: 'filesystem/type',
      message: `QEMU knows only file systems of type mount, not ${device.type}.`,
      hint: "Write type='mount'.",
      field: 'type',
    })
    return
  }
  for (const field of ['space_hard_limit', 'space_soft_limit'] as const) {
    if (device[field]?.value === undefined) continue
    refuse({
      code: 'filesystem/limit',
      message: 'QEMU does not limit how much a guest writes to a folder.',
      hint: `Remove <${field}>.`,
      field,
    })
  }
  const check = { virtiofs: checkVirtiofs, mtp: checkMtp }[device.driver?.type as string] ?? check9p
  check(device, refuse, context)
  checkHelper(device, context)
}

/** libvirt starts the helper itself unless somebody else runs it: named by its path, or found by a descriptor. */
function checkHelper({ driver, source, binary }: Filesystem, context: Context): void {
  if (driver?.type !== 'virtiofs' || source.socket !== undefined || binary?.path !== undefined) return
  const { host } = context
  if (host.standing('vhostUser') !== 'described' || host.vhostUser.some(({ descriptor }) => descriptor.type === 'fs'))
    return
  context.error({
    code: 'filesystem/no-helper',
    message: 'The host has no program that serves virtiofs.',
    hint: "Install virtiofsd (its descriptor lies in /usr/share/qemu/vhost-user), or name it: <binary path='…'/>.",
    at: driver,
    field: 'type',
    when: 'start',
  })
}

/** The guest mounts by tags: of virtiofs each is of one folder; QEMU's own 9p takes them as they come. */
export function checkTags(context: Context): void {
  const seen = new Set<string>()
  for (const { driver, target } of context.devices.filesystem) {
    if (driver?.type !== 'virtiofs') continue
    if (seen.has(target.dir)) {
      context.error({
        code: 'filesystem/tag-twice',
        message: `Two file systems have the tag ${target.dir}.`,
        hint: 'Give each a tag of its own.',
        at: target,
        field: 'dir',
      })
    }
    seen.add(target.dir)
  }
}
