import { rule } from '../../argv/piece.ts'
import type { DeviceKind } from '../../context/unit.ts'
import type { Graphics } from './element.ts'

export const graphicsKind = {
  check: (device, context) => {
    context.error({
      code: 'graphics/not-built',
      message: `Screens of type ${device.type} are not built yet.`,
      hint: 'Remove <graphics> to see the rest of the command line.',
      at: device,
    })
  },
  argv: {
    none: (context, out) => {
      if (context.devices.graphics.length === 0) out.text('-display', 'none', rule('graphics/none'))
    },
  },
} satisfies DeviceKind<Graphics>
