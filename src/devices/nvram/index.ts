import { of } from '../../argv/piece.ts'
import type { DeviceKind, Gate } from '../../context/unit.ts'
import type { NvramDevice } from './element.ts'

const gates: readonly Gate<NvramDevice>[] = [
  {
    path: '.',
    needs: 'nvram',
    code: 'nvram/unsupported',
    what: 'nvram device',
    hint: 'Remove <nvram> from <devices>.',
    at: 'start',
    when: (device, { machine }) => (machine.power ? device : undefined),
  },
]

/** The board has the device itself; the domain says where it is (QEMU: spapr-nvram). */
export const nvramKind = {
  spaprVio: ({ address }, { machine }) =>
    machine.power || address === undefined || address.type === 'spapr-vio' ? { firstReg: 0x3000 } : undefined,
  alias: () => 'nvram',
  gates,
  validate: (context) => {
    const [, second] = context.devices.nvram
    if (second === undefined) return
    context.error({
      code: 'nvram/several',
      message: 'A guest has one nvram device.',
      hint: 'Remove the others.',
      at: second,
    })
  },
  check: (device, context) => {
    if (context.machine.power) return
    context.error({
      code: 'nvram/machine',
      message: 'Only pseries machines have an nvram device.',
      hint: "Remove it; UEFI's variables are <nvram> in <os>.",
      at: device,
    })
  },
  argv: {
    register: ({ devices }, out) => {
      for (const { address } of devices.nvram) {
        if (address?.type !== 'spapr-vio' || address.reg === undefined) continue
        out.text('-global', `spapr-nvram.reg=0x${address.reg.toString(16)}`, of(address, 'reg'))
      }
    },
  },
} satisfies DeviceKind<NvramDevice>
