import { of } from '../argv/piece.ts'
import type { Context } from '../context/context.ts'
import { pciName } from '../fragments/pci-address.ts'
import type { LaunchBuilder } from '../launch/builder.ts'
import type { HostPciDevice } from './host-pci.ts'

/** The driver that hands a function to QEMU, where the domain names no other. */
const handsOver = 'vfio-pci'

/** Binds a managed function to the driver that hands it over; one that is not managed must be bound already. */
export function launchHostPci(device: HostPciDevice, managed: boolean, context: Context, plan: LaunchBuilder): void {
  const { address } = device.source
  const from = of(address, 'domain', 'bus', 'slot', 'function')
  const name = pciName(address)
  const sysfs = `/sys/bus/pci/devices/${name}`
  plan.readable(sysfs, `the host device ${name}`, from, 'Check the address with lspci -D.')
  plan.writable('/dev/vfio/vfio', 'VFIO', from, 'Load the module vfio-pci, and switch the IOMMU on.')
  if (managed) {
    if (!plan.wish.privileged) {
      context.error({
        code: 'launch/rebind-needs-root',
        message: `Only root can take ${name} from its driver.`,
        hint: `Run as root, or bind it to ${handsOver} beforehand and write managed='no'.`,
        at: device,
        when: 'start',
      })
    }
    plan.rebind(name, device.driver?.model ?? handsOver, from)
  } else plan.readable(`${sysfs}/driver`, `the driver of ${name}`, from, `Bind it to ${handsOver}.`)
  const token = address['vf-token']
  if (token) {
    plan.remark(
      `The VF token of ${name} stands on QEMU's command line, where every user of the host can read it (ps).`,
      of(token, 'uuid'),
    )
  }
}
