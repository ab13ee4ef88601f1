import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { type From, named, of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { hostFact } from '../../origin/origin.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import { emitDevice } from '../../parts/emit-device.ts'
import { virtioProperties } from '../../parts/virtio-options.ts'
import { dated } from '../../release/dated.ts'
import { driverOf, isVhostUser } from './drivers.ts'
import type { Video, VideoModel, VideoType } from './element.ts'
import { helperId, helperSocket } from './launch.ts'

const mebibyte = 1024

type Memory = (model: VideoModel, context: Context) => Properties

const inMiB = (name: string, model: VideoModel, field: 'vram' | 'vram64' | 'vgamem') =>
  new Properties().put(name, Math.floor((model[field] ?? 0) / mebibyte), of(model, field))

/** How much memory a card is told to have; older devices of QEMU do not take it. */
const memories: { readonly [T in VideoType]?: Memory } = {
  vga: (model, { capabilities }) =>
    capabilities.has('VGA.vgamem_mb') ? inMiB('vgamem_mb', model, 'vram') : new Properties(),
  vmvga: (model, { capabilities }) =>
    capabilities.has('vmware-svga.vgamem_mb') ? inMiB('vgamem_mb', model, 'vram') : new Properties(),
  // counted in 32 bits, and left out at 0 (libvirt 11.3 and 12.8 asked)
  bochs: (model) =>
    new Properties().put('vgamem', ((model.vram ?? 0) * 1024) % 2 ** 32 || undefined, of(model, 'vram')),
  qxl: (model, { capabilities }) => {
    const properties = new Properties()
      .put('max_outputs', model.heads || undefined, of(model, 'heads'))
      .put('ram_size', (model.ram ?? 0) * 1024, of(model, 'ram'))
      .put('vram_size', (model.vram ?? 0) * 1024, of(model, 'vram'))
    if (capabilities.has('qxl.vram64_size_mb')) properties.append(inMiB('vram64_size_mb', model, 'vram64'))
    if (capabilities.has('qxl.vgamem_mb')) properties.append(inMiB('vgamem_mb', model, 'vgamem'))
    return properties
  },
  virtio: (model) => new Properties().put('max_outputs', model.heads || undefined, of(model, 'heads')),
}

/** Whether a virtio card of the VGA flavour is given the options of virtio; 11.3 is the oldest release seen to do so. */
const vgaTakesOptions = dated(false, ['11.3', true])

export function printVideo(device: Video, context: Context, out: CommandLineBuilder): void {
  const { model } = device
  const driver = driverOf(device, context)
  if (model?.type === undefined || driver === undefined) return
  const properties = new Properties().put('driver', driver.name, of(model, 'type', 'primary'))
  if (driver.isVirtioGpu || (driver.name.startsWith('virtio-vga') && context.plan.at(vgaTakesOptions)))
    properties.append(virtioProperties(device.driver))
  properties.id(device, context)
  if (driver.virgl !== undefined) properties.put('virgl', driver.virgl, of(model, 'acceleration'))
  properties.append(memories[model.type]?.(model, context)).field('blob', model, 'blob').field('edid', model, 'edid')
  if (isVhostUser(device)) {
    const chardev = helperId(device, context)
    printHelperSocket(device, context, out)
    properties.put('chardev', chardev, named(device))
  }
  if (model.resolution) properties.field('xres', model.resolution, 'x').field('yres', model.resolution, 'y')
  emitDevice(device, properties.append(deviceAddress(device, context)), context, out)
}

/** The connection to the helper program that runs the card. */
function printHelperSocket(device: Video, context: Context, out: CommandLineBuilder): void {
  const id = helperId(device, context)
  const fd = context.host.resources.vhostUserVideo()
  const from: From = rule('video/vhost-user')
  const properties = new Properties().put('backend', 'socket', from).put('id', id, named(device))
  if (fd !== undefined) properties.put('fd', fd, hostFact('descriptor of the vhost-user helper'))
  else properties.put('path', helperSocket(device, context), from)
  out.keyValue('-chardev', properties, 'backend')
}
