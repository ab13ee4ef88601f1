import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { named, of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import type { DeviceKind } from '../../context/unit.ts'
import { defaultRule } from '../../origin/origin.ts'
import { type ChardevUse, chardevId, chardevUse, emitChardev } from '../../parts/chardev/argv.ts'
import { launchChardev } from '../../parts/chardev/launch.ts'
import { prepareChardev } from '../../parts/chardev/prepare.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import type { Channel } from './element.ts'
import { automaticPath, dropAutomaticSource, mayBeAutomatic } from './path.ts'
import { checkChannel } from './validate.ts'

const spicePort = 'com.redhat.spice.0'

function use(device: Channel, context: Context): ChardevUse {
  return {
    ...chardevUse(device, context),
    spiceName: 'vdagent',
    ...(mayBeAutomatic(device) && { automaticPath: automaticPath(device, context) }),
  }
}

/** A named port on a virtio-serial bus. */
function virtioPort(device: Channel, context: Context): Properties {
  const properties = new Properties()
    .put('driver', 'virtserialport', rule('channel/driver'))
    .append(deviceAddress(device, context))
    .put('chardev', chardevId(use(device, context)), named(device))
    .id(device, context)
  const { target } = device
  if (target.type === 'virtio' && target.name !== undefined) properties.field('name', target, 'name')
  else if (device.type === 'spicevmc') properties.put('name', spicePort, rule('channel/spice-port'))
  return properties
}

/** An address of user networking whose connections end at the host side. */
function forward(device: Channel, context: Context): Properties {
  const { target } = device
  const properties = new Properties().put('type', 'user', rule('channel/guestfwd'))
  if (target.type === 'guestfwd') {
    const text = `tcp:${target.address}:${target.port}-chardev:${chardevId(use(device, context))}`
    const from = of(target, 'address', 'port')
    const json = context.capabilities.has('netdev.json')
    properties.put('guestfwd', json ? [new Properties().put('str', text, from)] : text, from)
  }
  return properties.id(device, context)
}

function emit(device: Channel, context: Context, out: CommandLineBuilder): void {
  emitChardev(device, use(device, context), context, out)
  if (device.target.type === 'guestfwd') out.netdev(forward(device, context))
  else out.device(virtioPort(device, context))
}

export const channelKind = {
  defaults: [
    {
      name: 'channel/automatic-path',
      doc: 'The socket of a named port is chosen at each start where the XML names none of its own.',
      apply: dropAutomaticSource,
    },
    {
      name: 'channel/port',
      doc: 'An address of a named port that is none of virtio-serial is forgotten.',
      apply: (device, context) => {
        if (device.target.type !== 'virtio' || device.address === undefined) return
        if (device.address.type !== 'virtio-serial' && device.address.type !== 'virtio-s390')
          context.set(device, 'address', undefined, defaultRule('channel/port'))
      },
    },
  ],
  virtioSerial: (device) => (device.target.type === 'virtio' ? {} : undefined),
  alias: (_device, index) => `channel${index}`,
  check: checkChannel,
  prepareDevice: (device, context) => prepareChardev(device, context.alias(device), context),
  launchDevice: (device, context, plan) => launchChardev(device, context, plan, use(device, context)),
  argv: {
    devices: (context, out) => {
      for (const device of context.devices.channel) emit(device, context, out)
    },
  },
} satisfies DeviceKind<Channel>
