import { of } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import type { FdSet } from '../../context/fd-set.ts'
import { willSpawn } from '../../context/spawns-helper.ts'
import { startKey } from '../../context/start.ts'
import { isVirtioModel } from '../../fragments/virtio-model.ts'
import { asked } from '../../host/asked.ts'
import { hostFunctionKey } from '../../parts/host-pci.ts'
import { type TapConnection, tapOf } from './connection.ts'
import type { EmulatedInterface, Interface, InterfaceOf } from './element.ts'

/** What a launcher has opened for a tap; without a launcher QEMU opens it by itself. */
export interface OpenTap {
  readonly connection: TapConnection
  readonly descriptors: readonly number[] | undefined
  /** `none`: QEMU moves the packets; `open`: QEMU opens /dev/vhost-net by itself. */
  readonly vhost: readonly number[] | 'open' | 'none'
}

export const openTapKey = startKey<OpenTap>('interface/open-tap')
const vdpaKey = startKey<number>('interface/vdpa')
const vdpaSetKey = startKey<FdSet>('interface/vdpa set')

/** How many pairs of queues a card has. */
export function queuesOf(device: EmulatedInterface): number {
  return device.driver?.queues ?? 1
}

/** Asks the host for what it hands out: taps, vhost, vDPA devices. */
export function prepareInterface(device: Interface, context: Context): void {
  const fn = context.start.get(hostFunctionKey, device)
  if (fn !== undefined) {
    if (fn !== device) context.setAlias(fn, context.alias(device))
    return
  }
  if (device.type === 'hostdev') return
  if (device.type === 'vdpa') openVdpa(device, context)
  const connection = tapOf(device, context)
  if (connection !== undefined) openTap(device, connection, context)
}

function openTap(device: EmulatedInterface, connection: TapConnection, context: Context): void {
  const { resources } = context.host
  const queues = queuesOf(device)
  const descriptors = resources.taps(connection.kind, queues)
  if (descriptors === undefined && context.options.launch === undefined) {
    reportWithoutDescriptors(device, connection, context)
  }
  if (descriptors === undefined && connection.kind === 'bridge' && usesHelper(device, context)) {
    willSpawn({ what: 'its bridge helper', from: of(device, 'type') }, context)
  }
  // libvirt opens vhost for KVM alone: an emulated guest goes without.
  const wanted = context.accelerator === 'kvm' && device.driver?.name !== 'qemu'
  const kernel = isVirtioModel(device.model?.type)
  const vhost = !kernel ? 'none' : (resources.vhostNet(queues, wanted) ?? 'open')
  // Without a launcher vhost is asked for only where the user does: the device file may not be there.
  const isAsked = device.driver?.name === 'vhost' && wanted
  const wished = vhost === 'open' && !isAsked ? 'none' : vhost
  context.start.set(openTapKey, device, { connection, descriptors, vhost: wished })
}

function reportWithoutDescriptors(device: EmulatedInterface, connection: TapConnection, context: Context): void {
  // A macvtap reaches QEMU only as an open descriptor.
  if (connection.kind === 'macvtap') {
    context.ask(asked.macvtap(connection.device), undefined, { at: device })
    return
  }
  const helper = connection.kind === 'bridge' && usesHelper(device, context)
  const says = helper ? "QEMU's bridge helper" : `QEMU, by the name ${tapName(device, context)}`
  const { standing } = context.ask(helper ? asked.bridgeTap : asked.ethernetTap, says, { at: device, says })
  if (standing !== 'described') return
  context.warn({
    code: 'interface/no-descriptors',
    message: helper
      ? `libvirt would pass an open tap on the bridge ${connection.bridge}; here QEMU calls its bridge helper instead.`
      : `libvirt would pass an open tap; here QEMU opens ${tapName(device, context)}, which must exist.`,
    hint: helper
      ? `Allow ${connection.bridge} in the helper's bridge.conf.`
      : `Make it with \`ip tuntap add ${tapName(device, context)} mode tap\`, or name it in <target dev='…'/>.`,
    at: device,
    when: 'start',
  })
}

/** The bridge helper makes a tap of one queue and no name, for a user who cannot make one. */
export function usesHelper(device: EmulatedInterface, context: Context): boolean {
  return queuesOf(device) === 1 && device.target?.dev === undefined && context.options.launch?.privileged !== true
}

/** The tap that QEMU opens by its name. */
export function tapName(device: EmulatedInterface, context: Context): string {
  const index = context.devices.interface.indexOf(device)
  const { launch } = context.options
  const own = launch === undefined ? `vnet${index}` : `d${launch.tag}-${index}`
  return device.target?.dev ?? context.host.tapName ?? own
}

/** Opened when the card is printed: its number follows those of all that was prepared. */
export function vdpaSet(device: InterfaceOf<'vdpa'>, context: Context): FdSet | undefined {
  const fd = context.start.get(vdpaKey, device)
  if (fd === undefined) return undefined
  const known = context.start.get(vdpaSetKey, device)
  const set = known ?? context.fdSets.add([{ fd, opaque: `${context.alias(device)}-vdpa` }])
  context.start.set(vdpaSetKey, device, set)
  return set
}

function openVdpa(device: InterfaceOf<'vdpa'>, context: Context): void {
  const fd = context.host.resources.vdpa(device.source.dev)
  if (fd !== undefined) {
    context.start.set(vdpaKey, device, fd)
    return
  }
  if (context.options.launch !== undefined) return
  const { standing } = context.ask(asked.vdpa, 'QEMU', { at: device.source, says: 'QEMU by itself' })
  if (standing !== 'described') return
  context.warn({
    code: 'interface/no-descriptors',
    message: `libvirt would pass ${device.source.dev} as an open descriptor; here QEMU opens it by itself.`,
    hint: 'QEMU must run as a user that may open it.',
    at: device.source,
    when: 'start',
  })
}
