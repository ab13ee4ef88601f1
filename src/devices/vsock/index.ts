import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { of } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import type { DeviceKind } from '../../context/unit.ts'
import { defaultRule, hostFact } from '../../origin/origin.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import { emitDevice } from '../../parts/emit-device.ts'
import { virtioDriver, virtioPciWishBesideMmio } from '../../parts/virtio-device.ts'
import { virtioProperties } from '../../parts/virtio-options.ts'
import { vsockClaims } from './claims.ts'
import { cid, firstGuestCid, type Vsock } from './element.ts'

function fill(device: Vsock, context: Context): void {
  if (device.model === undefined) context.set(device, 'model', 'virtio', defaultRule('vsock/model'))
  const reason = defaultRule('vsock/cid')
  if (device.cid === undefined) context.set(device, 'cid', context.made(cid.create({}), reason), reason)
  const own = device.cid!
  if (own.auto === undefined) context.set(own, 'auto', own.address === undefined, reason)
}

function check(device: Vsock, context: Context): void {
  const { native } = context.options
  if (native || device.cid?.auto !== false || device.cid.address !== undefined) return
  context.error({
    code: 'vsock/missing-cid',
    message: 'The guest has no address: none is given, and libvirt may not choose one.',
    hint: `Add address='…', from ${firstGuestCid}, or write auto='yes'.`,
    at: device.cid,
    when: 'start',
  })
}

function emit(device: Vsock, context: Context, out: CommandLineBuilder): void {
  const { host } = context
  // The line of domxml-to-native is printed without asking the host for either.
  const { native } = context.options
  const descriptor = native ? '-1' : host.resources.vhostVsock()
  const properties = new Properties()
    .put('driver', virtioDriver('vhost-vsock', device.model, device), of(device, 'model'))
    .append(virtioProperties(device.driver))
    .id(device, context)
  if (device.cid?.auto) {
    // The line of domxml-to-native has the address that is there (oracle: 11.3, 12.8).
    const free = native ? (device.cid.address ?? 0) : (host.vsockAutoCid ?? firstGuestCid)
    properties.put('guest-cid', free, hostFact('free address of a guest'))
  } else if (device.cid) properties.put('guest-cid', device.cid.address ?? 0, of(device.cid, 'address'))
  if (descriptor !== undefined) properties.put('vhostfd', `${descriptor}`, hostFact('descriptor of /dev/vhost-vsock'))
  emitDevice(device, properties.append(deviceAddress(device, context)), context, out)
}

export const vsockKind = {
  defaults: [{ name: 'vsock/cid', doc: 'libvirt chooses the address where none is given.', apply: fill }],
  gates: [
    {
      path: '.',
      needs: 'vhost-vsock',
      code: 'vsock/unsupported',
      what: 'sockets between host and guest',
      hint: 'Remove <vsock>, or use another QEMU.',
    },
  ],
  pci: (device, context) => virtioPciWishBesideMmio(device.model, device, context),
  virtio: () => true,
  // Source: oracle (11.3, 12.8).
  mmio: () => false,
  alias: (_device, index) => `vsock${index}`,
  check,
  deviceClaims: vsockClaims,
  validate: (context) => {
    for (const device of context.devices.vsock.slice(1)) {
      context.error({
        code: 'vsock/several',
        message: 'A guest has one <vsock>, here is another.',
        hint: 'Remove it.',
        at: device,
      })
    }
  },
  launchDevice: (device, _context, plan) =>
    plan.writable('/dev/vhost-vsock', 'vsock', of(device, 'cid'), 'Load the module vhost_vsock.'),
  argv: {
    device: (context, out) => {
      for (const device of context.devices.vsock) emit(device, context, out)
    },
  },
} satisfies DeviceKind<Vsock>
