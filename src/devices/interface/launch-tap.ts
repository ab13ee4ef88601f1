import { type From, of, rule } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import type { LaunchBuilder } from '../../launch/builder.ts'
import type { TapConnection } from './connection.ts'
import type { EmulatedInterface } from './element.ts'
import { type OpenTap, queuesOf, tapName, usesHelper } from './prepare.ts'

type Launch<K extends TapConnection['kind']> = (
  device: EmulatedInterface,
  connection: Extract<TapConnection, { kind: K }>,
  descriptors: readonly number[],
  context: Context,
  plan: LaunchBuilder,
) => void

/** How a tap comes to be, by what it is connected to. */
const launches: { readonly [K in TapConnection['kind']]: Launch<K> } = {
  bridge: (device, { bridge, origin }, _descriptors, context, plan) => {
    const from = origin ?? (device.type === 'bridge' ? of(device.source, 'bridge') : of(device, 'type'))
    plan.readable(
      `/sys/class/net/${bridge}`,
      `the bridge ${bridge}`,
      from,
      `Make it: ip link add ${bridge} type bridge.`,
    )
    if (usesHelper(device, context)) {
      plan.otherwise(
        `QEMU’s bridge helper makes the tap on ${bridge}: the bridge must be allowed in /etc/qemu/bridge.conf.`,
        from,
      )
      return
    }
    makeTap(device, from, context, plan)
    const name = tapName(device, context)
    plan.command(['ip', 'link', 'set', 'dev', name, 'master', bridge, 'up'], `a tap on ${bridge}`, from)
  },
  ethernet: (device, _connection, _descriptors, context, plan) => {
    const from = device.target?.dev === undefined ? rule('interface/tap-name') : of(device.target, 'dev')
    const name = tapName(device, context)
    if (device.target?.managed === false || !plan.wish.privileged) {
      const hint = `Make it: ip tuntap add dev ${name} mode tap user "$USER".`
      plan.readable(`/sys/class/net/${name}`, `the tap ${name}`, from, hint)
      return
    }
    makeTap(device, from, context, plan)
    plan.command(['ip', 'link', 'set', 'dev', name, 'up'], 'a tap', from)
    if (device.script) plan.command([device.script.path, name], 'the script of a tap', of(device.script, 'path'))
  },
  macvtap: (device, { device: parent, origin }, descriptors, context, plan) => {
    const from = origin ?? (device.type === 'direct' ? of(device.source, 'dev') : of(device, 'type'))
    if (!plan.wish.privileged) refuse(device, `a macvtap on ${parent}`, context)
    const name = tapName(device, context)
    const mode = device.type === 'direct' ? device.source.mode : 'bridge'
    const address = device.mac ? ['address', device.mac.address] : []
    const words = ['ip', 'link', 'add', 'link', parent, 'name', name, ...address, 'type', 'macvtap', 'mode', mode]
    plan.readable(`/sys/class/net/${parent}`, `the network device ${parent}`, from)
    plan.command(words, `a macvtap on ${parent}`, from, { undo: ['ip', 'link', 'delete', 'dev', name] })
    plan.command(['ip', 'link', 'set', 'dev', name, 'up'], `a macvtap on ${parent}`, from)
    for (const fd of descriptors) plan.descriptor(fd, '/dev/tap{ifindex}', 'a macvtap', from, name)
  },
}

function makeTap(device: EmulatedInterface, from: From, context: Context, plan: LaunchBuilder): void {
  if (!plan.wish.privileged) refuse(device, 'a tap of its own', context)
  const name = tapName(device, context)
  const queues = queuesOf(device) > 1 ? ['multi_queue'] : []
  plan.need({
    kind: 'absent',
    path: `/sys/class/net/${name}`,
    what: `the tap ${name}`,
    from,
    hint: 'End the guest that has it, or name another in <target dev>.',
  })
  plan.command(['ip', 'tuntap', 'add', 'dev', name, 'mode', 'tap', ...queues], 'a tap', from, {
    undo: ['ip', 'tuntap', 'delete', 'dev', name, 'mode', 'tap', ...queues],
  })
  if (device.mtu)
    plan.command(['ip', 'link', 'set', 'dev', name, 'mtu', `${device.mtu.size}`], 'its MTU', of(device.mtu, 'size'))
}

function refuse(device: EmulatedInterface, what: string, context: Context): void {
  context.error({
    code: 'launch/tap-needs-root',
    message: `Only root can make ${what}.`,
    hint: "Run as root; or connect the card to a bridge, with one queue and no <target>: QEMU's bridge helper makes that tap.",
    at: device,
    when: 'start',
  })
}

export function launchTap(device: EmulatedInterface, tap: OpenTap, context: Context, plan: LaunchBuilder): void {
  const { connection, descriptors = [], vhost } = tap
  const launch = launches[connection.kind] as Launch<TapConnection['kind']>
  launch(device, connection, descriptors, context, plan)
  if (vhost !== 'open') return
  const from = device.driver ? of(device.driver, 'name') : rule('interface/vhost')
  plan.writable(
    device.backend?.vhost ?? '/dev/vhost-net',
    'vhost',
    from,
    "Load vhost_net, or write <driver name='qemu'/>.",
  )
}
