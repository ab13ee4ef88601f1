import type { Flag } from '../../capabilities/flags.ts'
import type { Context } from '../../context/context.ts'
import type { Video, VideoType } from './element.ts'

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

/** QEMU's device for a card. The VGA flavours of virtio are there for the primary card where this QEMU has them. */
export function driverOf(device: Video, context: Context): Driver | undefined {
  const { capabilities } = context
  const { model } = device
  const card = model && cards[model.type]
  if (card === undefined) return undefined
  const isPrimary = model?.primary === true
  if (!isVirtio(device)) return { name: (isPrimary ? card.primary : card.secondary) ?? card.primary }
  const bus = device.address?.type ?? context.machine.virtioBus
  const suffix = bus === 'virtio-mmio' ? 'device' : bus
  const mayBeVga = isPrimary && bus === 'pci'
  const vga = (name: string): Driver => ({ name })
  const gpu = (name: string): Driver => ({ name: `${name}-${suffix}`, isVirtioGpu: true })
  if (isVhostUser(device)) {
    return mayBeVga && capabilities.has('vhost-user-vga') ? vga('vhost-user-vga') : gpu('vhost-user-gpu')
  }
  const accel3d = model?.acceleration?.accel3d
  const isVga = mayBeVga && capabilities.has('virtio-vga')
  const hasGl = bus === 'pci' && capabilities.has(isVga ? 'virtio-vga-gl' : 'virtio-gpu-gl-pci')
  if (accel3d === true && hasGl) return isVga ? vga('virtio-vga-gl') : gpu('virtio-gpu-gl')
  const chosen = isVga ? vga('virtio-vga') : gpu('virtio-gpu')
  return accel3d !== undefined && capabilities.has('virtio-gpu.virgl') ? { ...chosen, virgl: accel3d } : chosen
}
