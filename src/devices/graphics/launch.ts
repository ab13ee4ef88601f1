import { type From, of, rule } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import { domainDirectory } from '../../context/domain-name.ts'
import type { JsonObject } from '../../json/loose.ts'
import type { LaunchBuilder } from '../../launch/builder.ts'
import { hostFact } from '../../origin/origin.ts'
import { busSocket } from './display.ts'
import { type Graphics, type GraphicsOf, isServer, type Server } from './element.ts'
import { placeKey, renderNodeKey } from './prepare.ts'

/** Passwords by way of the monitor, the bus of a D-Bus screen, and what is opened on the host. */
export function launchGraphics(device: Graphics, context: Context, plan: LaunchBuilder): void {
  const node = context.start.get(renderNodeKey, device)
  if (node) plan.writable(node.value, 'a render node', node.from)
  if (device.type === 'dbus' && !device.p2p && device.busAddress === undefined) launchBus(device, context, plan)
  if (device.type === 'rdp')
    plan.missing('Nobody shows the screen by RDP: qemu-rdp is not started.', of(device, 'type'))
  if (!isServer(device)) return
  const place = context.start.get(placeKey, device)
  if (place?.kind === 'unix') {
    plan.placeFor(place.path.value, 'the socket of a screen', place.path.from)
    plan.free(place.path.value, place.path.from)
  }
  setPassword(device, context, plan)
}

/** The password of the screen, or the driver's own; it never stands on the command line. */
function setPassword(device: Server, context: Context, plan: LaunchBuilder): void {
  const { config } = context.host
  const configured = device.type === 'vnc' ? config.vncPassword : config.spicePassword
  const password = device.passwd ?? configured
  if (password === undefined) return
  const from: From = device.passwd === undefined ? hostFact(`${device.type} password`) : passwordOf(device)
  const what = `the password of ${device.type.toUpperCase()}`
  const { type: protocol } = device
  const credentials: JsonObject = { protocol, password, ...(device.connected && { connected: device.connected }) }
  plan.qmp({ execute: 'set_password', arguments: credentials, secret: true, what, from })
  const time = password === '' ? 'now' : (secondsOf(device.passwdValidTo) ?? 'never')
  plan.qmp({ execute: 'expire_password', arguments: { protocol, time }, what: `${what}: its end`, from })
}

const passwordOf = (device: Server): From => of(device as { passwd: string | undefined }, 'passwd')

/** Seconds since 1970 of `2030-01-31T12:00:00`, UTC. */
function secondsOf(time: string | undefined): string | undefined {
  return time === undefined ? undefined : String(Date.parse(`${time}Z`) / 1000)
}

function launchBus(device: GraphicsOf<'dbus'>, context: Context, plan: LaunchBuilder): void {
  const socket = busSocket(context)
  const file = `${domainDirectory(context)}/dbus.conf`
  const from = of(device, 'type')
  plan.file(file, { kind: 'text', text: busConfiguration(socket) }, 'the configuration of its bus', from)
  const argv = [context.host.config.dbusDaemonName, `--config-file=${file}`, '--nofork']
  plan.helper({ name: 'dbus-daemon', argv, socket, follows: false, from: rule('graphics/own-bus') })
}

/** A bus for this user alone (dbus-daemon(1), "CONFIGURATION FILE"). */
function busConfiguration(socket: string): string {
  return `<busconfig>
  <type>session</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`
}
