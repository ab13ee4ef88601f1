import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import type { DeviceKind } from '../../context/unit.ts'
import { defaultRule } from '../../origin/origin.ts'
import { chardevId, chardevUse, emitChardev } from '../../parts/chardev/argv.ts'
import { launchChardev } from '../../parts/chardev/launch.ts'
import { prepareChardev } from '../../parts/chardev/prepare.ts'
import { checkChardev } from '../../parts/chardev/validate.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import type { Redirdev } from './element.ts'
import { filterText } from './filter.ts'

const dbusPort = 'org.qemu.usbredir'

function fillDbusPort(device: Redirdev, context: Context): void {
  if (device.type !== 'dbus' || device.source?.channel !== undefined) return
  const reason = defaultRule('redirdev/dbus-port')
  context.set(device, 'source', context.made({ channel: dbusPort }, reason), reason)
}

function emit(device: Redirdev, context: Context, out: CommandLineBuilder): void {
  const use = { ...chardevUse(device, context), spiceName: 'usbredir' }
  emitChardev(device, use, context, out)
  const properties = new Properties()
    .put('driver', 'usb-redir', rule('redirdev/driver'))
    .put('chardev', chardevId(use), use.named)
    .id(device, context)
  const [filter] = context.devices.redirfilter
  if (filter && filter.usbdev.length > 0) properties.put('filter', filterText(filter), of(filter, 'usbdev'))
  properties.append(context.bootIndex(device))
  out.device(properties.append(deviceAddress(device, context)))
}

/** Source: libvirt 11.3 on machines that bring no USB controller of their own (ARM and RISC-V virt). */
function refuseWithoutUsb(device: Redirdev, context: Context): void {
  context.error({
    code: 'redirdev/no-usb',
    message: 'A USB device can be redirected only where the guest has USB, and this one has no controller.',
    hint: "Add <controller type='usb' model='qemu-xhci'/>.",
    at: device,
  })
}

export const redirdevKind = {
  defaults: [{ name: 'redirdev/dbus-port', doc: `${dbusPort} where D-Bus is the way.`, apply: fillDbusPort }],
  gates: [
    {
      path: '.',
      needs: 'usb-redir',
      code: 'redirdev/unsupported',
      what: 'redirected USB devices',
      hint: 'Remove <redirdev>, or use another QEMU.',
    },
  ],
  usb: () => ({}),
  alias: (_device, index) => `redir${index}`,
  check: (device, context) => {
    checkChardev(device, context, { spice: true })
    if (device.address !== undefined && device.address.type !== 'usb') {
      context.error({
        code: 'redirdev/address',
        message: `A redirected USB device cannot sit at an address of type ${device.address.type}.`,
        hint: "Use an address of type 'usb', or none.",
        at: device.address,
        field: 'type',
      })
    }
    if (context.controllers('usb').length === 0) refuseWithoutUsb(device, context)
  },
  prepareDevice: (device, context) => prepareChardev(device, context.alias(device), context),
  launchDevice: launchChardev,
  argv: {
    devices: (context, out) => {
      for (const device of context.devices.redirdev) emit(device, context, out)
    },
  },
} satisfies DeviceKind<Redirdev>
