import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { type From, of } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import type { DeviceKind } from '../../context/unit.ts'
import type { Addressable } from '../../fragments/device-info.ts'
import { addressRule } from '../../origin/origin.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import type { Hub } from './element.ts'

function printHub(device: Addressable, from: From, context: Context, out: CommandLineBuilder): void {
  out.device(new Properties().put('driver', 'usb-hub', from).id(device, context).append(deviceAddress(device, context)))
}

export const hubKind = {
  gates: [
    {
      path: '@type',
      needs: 'usb-hub',
      code: 'hub/unsupported',
      what: 'USB hub',
      hint: 'Remove it.',
      when: (device) => device,
    },
  ],
  usb: () => ({ isHub: true }),
  alias: (_device, index) => `hub${index}`,
  argv: {
    hubs: (context, out) => {
      for (const device of context.devices.hub) printHub(device, of(device, 'type'), context, out)
      for (const device of context.addedHubs) printHub(device, addressRule('usb/added-hub'), context, out)
    },
  },
} satisfies DeviceKind<Hub>
