import { of } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import type { LaunchBuilder } from '../../launch/builder.ts'
import { launchHostPci } from '../../parts/host-pci-launch.ts'
import { usbDevicePath } from './argv.ts'
import type { Hostdev } from './element.ts'

/** A host function is bound to its driver and given back; any other device is opened as it is. */
export function launchHostdev(device: Hostdev, context: Context, plan: LaunchBuilder): void {
  switch (device.type) {
    case 'pci':
      launchHostPci(device, device.managed, context, plan)
      break
    case 'usb':
      if (device.source.address) {
        const path = usbDevicePath(device.source.address)
        plan.writable(path, 'a USB device', of(device.source.address, 'bus', 'device'))
      }
      break
    case 'mdev': {
      const { address } = device.source
      plan.readable(`/sys/bus/mdev/devices/${address.uuid}`, 'a mediated device', of(address, 'uuid'))
      plan.writable('/dev/vfio/vfio', 'VFIO', of(device, 'type'), 'Load the module vfio.')
      break
    }
    case 'scsi_host':
      plan.writable('/dev/vhost-scsi', 'vhost-scsi', of(device, 'type'), 'Load the module vhost_scsi.')
      break
    case 'scsi':
      break
  }
}
