import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { named, of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import { emitDevice } from '../../parts/emit-device.ts'
import { virtioDriver } from '../../parts/virtio-device.ts'
import { virtioProperties } from '../../parts/virtio-options.ts'
import { dated } from '../../release/dated.ts'
import type { Filesystem } from './element.ts'
import { helperSocket } from './launch.ts'

export function filesystemArgv(context: Context, out: CommandLineBuilder): void {
  for (const device of context.devices.filesystem) {
    if (device.driver?.type === 'virtiofs') virtiofsArgv(device, context, out)
    else if (device.driver?.type === 'mtp') mtpArgv(device, context, out)
    else ninePArgv(device, context, out)
  }
}

/** A bare word, until libvirt spelt it out (oracle: 11.3, 12.8). */
const readOnlyWord = dated<null | true>(null, ['12.8', true])

/** `-fsdev local` and `-device virtio-9p`: QEMU itself serves the folder. */
function ninePArgv(device: Filesystem, context: Context, out: CommandLineBuilder): void {
  const id = `fsdev-${context.alias(device)}`
  const { source, target, driver } = device
  const backend = new Properties()
    .put('driver', 'local', rule('filesystem/local'))
    .put('security_model', securityModel(device), of(device, 'accessmode'))
    .field('multidevs', device, 'multidevs')
    .field('fmode', device, 'fmode')
    .field('dmode', device, 'dmode')
  if (driver) backend.field('writeout', driver, 'wrpolicy')
  backend
    .put('id', id, named(device))
    .field('path', source, 'dir')
    .put('readonly', device.readonly ? context.plan.at(readOnlyWord) : undefined, of(device, 'readonly'))
  out.keyValue('-fsdev', backend, 'driver')
  const properties = new Properties()
    .put('driver', virtioDriver('virtio-9p', device.model, device), of(device, 'model'))
    .append(virtioProperties(driver))
    .id(device, context)
    .put('fsdev', id, named(device))
    .field('mount_tag', target, 'dir')
    .append(deviceAddress(device, context))
  emitDevice(device, properties, context, out)
}

/** QEMU's word for whose rights an access has. */
function securityModel({ accessmode }: Filesystem): string | undefined {
  return accessmode === 'squash' ? 'none' : accessmode
}

/** `-device vhost-user-fs`: a helper serves the folder over a socket. */
function virtiofsArgv(device: Filesystem, context: Context, out: CommandLineBuilder): void {
  const alias = context.alias(device)
  const chardev = `chr-vu-${alias}`
  const { source, target, driver } = device
  const own = { text: helperSocket(device, context), from: rule('filesystem/helper-socket') }
  const socket = source.socket === undefined ? own : { text: source.socket, from: of(source, 'socket') }
  out.keyValue(
    '-chardev',
    new Properties()
      .put('backend', 'socket', rule('filesystem/helper-socket'))
      .put('id', chardev, named(device))
      .put('path', socket.text, socket.from),
    'backend',
  )
  const properties = new Properties()
    .put('driver', virtioDriver('vhost-user-fs', device.model, device), of(device, 'driver'))
    .append(virtioProperties(driver))
    .id(device, context)
    .put('chardev', chardev, named(device))
  // QEMU is told a number of 32 bits with a sign (oracle: 11.3, 12.8).
  if (driver?.queue) properties.put('queue-size', Number(BigInt.asIntN(32, driver.queue)), of(driver, 'queue'))
  properties.field('tag', target, 'dir')
  properties.append(context.bootIndex(device))
  emitDevice(device, properties.append(deviceAddress(device, context)), context, out)
}

/** `-device usb-mtp`: QEMU shows the folder as a media device; options of virtio and 9p mean nothing to it. */
function mtpArgv(device: Filesystem, context: Context, out: CommandLineBuilder): void {
  const { source, target, driver } = device
  const properties = new Properties()
    .put('driver', 'usb-mtp', driver ? of(driver, 'type') : rule('filesystem/mtp'))
    .id(device, context)
    .put('rootdir', source.dir, of(source, 'dir'))
    .put('desc', target.dir, of(target, 'dir'))
    .put('readonly', device.readonly ?? false, device.readonly ? of(device, 'readonly') : rule('filesystem/writable'))
    .append(deviceAddress(device, context))
  emitDevice(device, properties, context, out)
}
