import type { Flag } from '../../capabilities/flags.ts'
import type { Context } from '../../context/context.ts'
import type { Video, VideoType, virtioDevices } from './element.ts'

interface Card {
  /** QEMU's device as the primary card; the flag that says it is there. */
  readonly primary: string
  readonly needs: Flag
  /** QEMU's device as a further card; absent where it can only be the primary one. */
  readonly secondary?: string
}

/** Cards that are a device of one name; virtio is chosen below. Cards of other hypervisors are missing. */
const cards: { readonly [T in VideoType]?: Card } = {
  vga: { primary: 'VGA', needs: 'VGA' },
  cirrus: { primary: 'cirrus-vga', needs: 'cirrus-vga' },
  vmvga: { primary: 'vmware-svga', needs: 'vmware-svga' },
  qxl: { primary: 'qxl-vga', secondary: 'qxl', needs: 'qxl' },
  bochs: { primary: 'bochs-display', needs: 'bochs-display' },
  ramfb: { primary: 'ramfb', needs: 'ramfb' },
  virtio: { primary: 'virtio-vga', secondary: 'virtio-gpu', needs: 'virtio-gpu' },
}

export function cardOf(type: VideoType): Card | undefined {
  return cards[type]
}

export function isVirtio(device: Video): boolean {
  return device.model?.type === 'virtio'
}

export function isVhostUser(device: Video): boolean {
  return isVirtio(device) && device.driver?.name === 'vhostuser'
}

export interface Driver {
  readonly name: string
  /** 3D is a property of the device rather than a device of its own. */
  readonly virgl?: boolean
  /** A virtio device without VGA. */
  readonly isVirtioGpu?: true
}

type VirtioDevice = (typeof virtioDevices)[number]

/** The flag that says that QEMU has a device. */
export const virtioFlags: { readonly [D in VirtioDevice]: Flag } = {
  'virtio-vga': 'virtio-vga',
  'virtio-gpu': 'virtio-gpu',
  'virtio-vga-gl': 'virtio-vga-gl',
  'virtio-gpu-gl': 'virtio-gpu-gl-pci',
  'vhost-user-vga': 'vhost-user-vga',
  'vhost-user-gpu': 'vhost-user-gpu',
}

/** Where a virtio card sits in QEMU's names. */
const busOf = (device: Video, context: Context) => device.address?.type ?? context.machine.virtioBus

/** QEMU's device of a virtio card, without the bus: the VGA flavours are there for a primary card on PCI. */
export function virtioDeviceOf(device: Video, context: Context): VirtioDevice {
  const { capabilities } = context
  const bus = busOf(device, context)
  const onPci = bus === 'pci' || (bus !== 'ccw' && context.machine.virtioBus === 'pci')
  const mayBeVga = device.model?.primary === true && onPci
  if (isVhostUser(device)) return mayBeVga && capabilities.has('vhost-user-vga') ? 'vhost-user-vga' : 'vhost-user-gpu'
  const isVga = mayBeVga && capabilities.has('virtio-vga')
  const hasGl = capabilities.has(virtioFlags[isVga ? 'virtio-vga-gl' : 'virtio-gpu-gl'])
  if (device.model?.acceleration?.accel3d === true && hasGl) return isVga ? 'virtio-vga-gl' : 'virtio-gpu-gl'
  return isVga ? 'virtio-vga' : 'virtio-gpu'
}

/** Cards on PCI with VGA; their names hold no bus. */
const vgaDevices: ReadonlySet<VirtioDevice> = new Set(['virtio-vga', 'virtio-vga-gl', 'vhost-user-vga'])
const plainDevices: ReadonlySet<VirtioDevice> = new Set(['virtio-vga', 'virtio-gpu'])

/** QEMU's device for a card. */
export function driverOf(device: Video, context: Context): Driver | undefined {
  const { model } = device
  const card = model?.type && cards[model.type]
  if (card === undefined) return undefined
  if (!isVirtio(device)) return { name: (model?.primary === true ? card.primary : card.secondary) ?? card.primary }
  const name = model?.device ?? virtioDeviceOf(device, context)
  const bus = busOf(device, context)
  const driver: Driver = vgaDevices.has(name)
    ? { name }
    : { name: `${name}-${bus === 'virtio-mmio' ? 'device' : bus}`, isVirtioGpu: true }
  const accel3d = model?.acceleration?.accel3d
  const virgl = plainDevices.has(name) && accel3d !== undefined && context.capabilities.has('virtio-gpu.virgl')
  return virgl ? { ...driver, virgl: accel3d } : driver
}
