import type { Context } from '../../context/context.ts'
import { isVirtioModel } from '../../fragments/virtio-model.ts'
import { checkGuestBus } from '../../parts/host-pci.ts'
import { checkHostDriver, checkVfToken } from '../../parts/vf-token.ts'
import { dated } from '../../release/dated.ts'
import { bridgesTag, interfaceName, type Wish, wishes } from './abilities.ts'
import type { Interface, InterfaceType } from './element.ts'
import { isPrintable } from './netdev.ts'
import { missingParameters } from './port-element.ts'
import { checkUser } from './validate-user.ts'

/** 11.3 is the oldest release seen to refuse it while the domain is defined. */
const vdpaLate = dated<{ readonly when?: 'start' }>({ when: 'start' }, ['11.3', {}])

/** One card by itself. */
export function checkInterface(device: Interface, context: Context): void {
  checkConnection(device, context)
  for (const wish of wishes) checkWish(wish, device, context)
  checkVirtualport(device, context)
  checkVlan(device, context)
  checkTeaming(device, context)
  checkSizes(device, context)
  checkUser(device, context)
}

function checkConnection(device: Interface, context: Context): void {
  if (device.type === 'hostdev') {
    refuseBandwidth(device, context)
    checkVfToken(device, context)
    checkHostDriver(device, context)
    checkGuestBus(device, 'pci', context)
    return
  }
  if (!isPrintable(device.type)) {
    context.error({
      code: 'interface/type-unsupported',
      message: `QEMU cannot connect a card of type ${device.type}.`,
      hint: 'Use network, bridge, direct, ethernet, user, vhostuser, vdpa, server, client, mcast or udp.',
      at: device,
      field: 'type',
      when: 'start',
    })
  }
  if ((device.type === 'vhostuser' || device.type === 'vdpa') && !isVirtioModel(device.model?.type)) {
    context.error({
      code: 'interface/needs-virtio',
      message: `A card of type ${device.type} is a virtio card, not ${device.model?.type}.`,
      hint: "Write <model type='virtio'/>.",
      at: device.model ?? device,
      ...(device.type === 'vdpa' && context.plan.at(vdpaLate)),
    })
  }
  if (device.type === 'vhostuser' && device.source.mode === 'server' && device.source.reconnect?.enabled) {
    context.error({
      code: 'interface/reconnect-server',
      message: 'QEMU listens on this socket: it is the switch that reconnects.',
      hint: "Remove <reconnect>, or write mode='client'.",
      at: device.source.reconnect,
    })
  }
}

/** A host function is out of the host's hands: nothing there can slow it down. */
function refuseBandwidth({ bandwidth }: Interface, context: Context): void {
  if (bandwidth === undefined) return
  context.error({
    code: 'interface/bandwidth-hostdev',
    message: 'The bandwidth of a host function cannot be limited: its packets do not pass the host.',
    hint: 'Remove <bandwidth>; limit it by `ip link set PF vf N max_tx_rate …` on the host.',
    at: bandwidth,
    when: 'start',
  })
}

function checkWish({ what, code, field, asked, types, when, hint }: Wish, device: Interface, context: Context): void {
  const at = asked(device)
  if (at === undefined || (types as readonly InterfaceType[]).includes(device.type)) return
  context.error({
    code,
    message: `${interfaceName(device)} is of type ${device.type}, which has no ${what}.`,
    hint: hint ?? `Remove it; these have it: ${types.join(', ')}.`,
    at,
    ...(field && { field }),
    ...(when && { when }),
  })
}

function checkVirtualport(device: Interface, context: Context): void {
  const { virtualport } = device
  if (virtualport === undefined) return
  if (virtualport.type === undefined && device.type !== 'network') {
    context.error({
      code: 'interface/virtualport-type',
      message: 'The virtual port does not say to what kind of switch it belongs.',
      hint: "Add type='802.1Qbg', '802.1Qbh', 'openvswitch' or 'midonet'; only a network can fill it in.",
      at: virtualport,
    })
  }
  const missing = device.type === 'network' ? [] : missingParameters(virtualport)
  if (missing.length > 0) {
    context.error({
      code: 'interface/virtualport-parameter',
      message: `A port of type ${virtualport.type} needs ${missing.join(', ')}.`,
      hint: `Add <parameters ${missing.map((name) => `${name}='…'`).join(' ')}/>.`,
      at: virtualport,
    })
  }
}

/** What cannot by its type alone is refused at once by libvirt 12.8, at a start by 11.3 (both asked). */
const untaggedAt = dated<{ readonly when?: 'start' }>({ when: 'start' }, ['12.8', {}])

/** Who can tag frames without the guest's doing: a switch, a VF, a macvtap that has a VF for itself. */
function checkVlan(device: Interface, context: Context): void {
  const { vlan, virtualport, port } = device
  const openVSwitch = virtualport?.type === 'openvswitch'
  // What a network hands out is known only at a start (`connection.ts`).
  const tags =
    device.type === 'network' ||
    device.type === 'hostdev' ||
    (device.type === 'bridge' && (openVSwitch || context.plan.at(bridgesTag))) ||
    (device.type === 'direct' && device.source.mode === 'passthrough')
  if (vlan !== undefined && !tags) {
    context.error({
      code: 'interface/vlan',
      message: `${interfaceName(device)}: this connection cannot tag its frames.`,
      hint: 'VLAN tags need a bridge (Open vSwitch before libvirt 11.0), a host function, or a macvtap in mode passthrough.',
      at: vlan,
      ...context.plan.at(untaggedAt),
    })
  }
  if (vlan?.trunk && device.type === 'hostdev') {
    context.error({
      code: 'interface/vlan-trunk',
      message: 'A host function takes one VLAN tag, not a trunk.',
      hint: "Remove trunk='yes' and keep one tag.",
      at: vlan,
      field: 'trunk',
    })
  }
  if (port?.isolated && openVSwitch) {
    context.error({
      code: 'interface/isolated-port',
      message: 'Isolated ports are made by Linux bridges, not by Open vSwitch.',
      hint: 'Remove <port isolated> or the virtual port.',
      at: port,
      field: 'isolated',
    })
  }
  if (device.filterref && openVSwitch) {
    context.error({
      code: 'interface/filterref',
      message: 'Network filters do not see the ports of Open vSwitch.',
      hint: 'Remove <filterref>.',
      at: device.filterref,
    })
  }
}

function checkTeaming(device: Interface, context: Context): void {
  const { teaming } = device
  if (teaming === undefined) return
  if (teaming.type === 'persistent' && (device.type === 'hostdev' || !isVirtioModel(device.model?.type))) {
    context.error({
      code: 'interface/teaming-persistent',
      message: 'The half of a team that stays is a virtio card.',
      hint: "Write <model type='virtio'/>.",
      at: teaming,
      field: 'type',
    })
  }
  if (teaming.type === 'persistent' && teaming.persistent !== undefined) {
    context.error({
      code: 'interface/teaming-partner-of-persistent',
      message: 'The half of a team that stays names no other: the half that leaves names it.',
      hint: 'Remove persistent.',
      at: teaming,
      field: 'persistent',
    })
  }
  if (teaming.type === 'transient' && device.type !== 'hostdev' && device.type !== 'network') {
    context.error({
      code: 'interface/teaming-transient',
      message: 'The half of a team that leaves for a migration is a host function.',
      hint: "Use <interface type='hostdev'> or a network of host functions.",
      at: teaming,
      field: 'type',
    })
  }
}

/** The most queues that a virtio card has (QEMU: VIRTIO_QUEUE_MAX, two to a pair). */
const mostQueues = 512

function checkSizes(device: Interface, context: Context): void {
  if (device.type === 'hostdev' || device.driver === undefined) return
  const { driver } = device
  if ((driver.queues ?? 0) > mostQueues) {
    context.error({
      code: 'interface/too-many-queues',
      message: `QEMU has no card with ${driver.queues} queues.`,
      hint: `Use at most ${mostQueues}; more than the guest has CPUs are of no use.`,
      at: driver,
      field: 'queues',
      when: 'start',
    })
  }
  for (const field of ['rx_queue_size', 'tx_queue_size'] as const) {
    const size = driver[field]
    if (size === undefined || (size & (size - 1)) === 0) continue
    context.error({
      code: 'interface/queue-size',
      message: `${size} is not a power of two.`,
      hint: 'Use 256, 512 or 1024.',
      at: driver,
      field,
    })
  }
}
