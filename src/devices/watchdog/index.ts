import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import type { DeviceKind } from '../../context/unit.ts'
import { implicitRule } from '../../origin/origin.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import { emitDevice } from '../../parts/emit-device.ts'
import { type Watchdog, watchdog } from './element.ts'
import { checkWatchdog, checkWatchdogs } from './validate.ts'

/** The chipset's own watchdog is there whether the XML names it or not; it takes the action of the others. */
function addBuiltIn(context: Context): void {
  const model = context.machine.watchdog
  const list = context.devices.watchdog
  if (model === undefined || list.some((it) => it.model === model)) return
  context.insert(
    list,
    watchdog.create({ model, action: list[0]?.action ?? 'reset' }),
    implicitRule('watchdog/built-in'),
  )
}

/** QEMU has no dump: libvirt pauses the guest and dumps it itself. */
const qemuAction = (action: Watchdog['action']) => (action === 'dump' ? 'pause' : action)

export const watchdogKind = {
  implicit: [{ name: 'watchdog/built-in', doc: "The chipset's own watchdog (Q35).", apply: addBuiltIn }],
  pci: (device) => (device.model === 'i6300esb' ? { plug: 'pci' } : undefined),
  alias: (_device, index) => `watchdog${index}`,
  check: checkWatchdog,
  validate: checkWatchdogs,
  argv: {
    devices: (context, out) => {
      const { watchdog: list } = context.devices
      for (const device of list) {
        if (device.model === 'itco') continue
        const properties = new Properties()
          .field('driver', device, 'model')
          .id(device, context)
          .append(deviceAddress(device, context))
        emitDevice(device, properties, context, out)
      }
      // The chipset's watchdog has no device of its own; its reset is switched off unless told otherwise.
      if (list.some(({ model }) => model === 'itco')) {
        out.text('-global', 'ICH9-LPC.noreboot=off', rule('watchdog/itco-reboot'))
      }
      const first = list[0]
      if (first) out.text('-watchdog-action', qemuAction(first.action), of(first, 'action'))
    },
  },
} satisfies DeviceKind<Watchdog>
