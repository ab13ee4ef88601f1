import type { Context } from '../../context/context.ts'
import { checkChardev } from '../../parts/chardev/validate.ts'
import type { Channel } from './element.ts'
import { mayBeAutomatic } from './path.ts'

const spicePort = 'com.redhat.spice.0'
const ipv4 = /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/

export function checkChannel(device: Channel, context: Context): void {
  checkChardev(device, context, {
    automaticPath: mayBeAutomatic(device),
    spice: device.target.type === 'virtio',
  })
  const { target } = device
  if (target.type === 'xen') {
    context.error({
      code: 'channel/xen',
      message: 'QEMU has no channels of type xen.',
      hint: "Write <target type='virtio'/>.",
      at: target,
      field: 'type',
      when: 'start',
    })
  }
  if (target.type === 'guestfwd' && !ipv4.test(target.address)) {
    context.error({
      code: 'channel/guestfwd-address',
      message: `"${target.address}" is no IPv4 address.`,
      hint: 'Write an address of the user network, such as 10.0.2.1.',
      at: target,
      field: 'address',
    })
  }
  if (device.type === 'spicevmc' && target.type === 'virtio' && (target.name ?? spicePort) !== spicePort) {
    context.error({
      code: 'channel/spicevmc-name',
      message: `SPICE's agent listens on ${spicePort}, not on ${target.name}.`,
      hint: `Write name='${spicePort}', or leave it out.`,
      at: target,
      field: 'name',
      when: 'start',
    })
  }
}
