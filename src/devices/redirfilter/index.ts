import type { DeviceKind } from '../../context/unit.ts'
import type { Redirfilter } from './element.ts'

export const redirfilterKind = {
  gates: [
    {
      path: '.',
      needs: 'usb-redir.filter',
      code: 'redirfilter/unsupported',
      what: 'a filter of redirected devices',
      hint: 'Remove <redirfilter>, or use another QEMU.',
    },
  ],
  validate: (context) => {
    for (const filter of context.devices.redirfilter.slice(1)) {
      context.error({
        code: 'redirfilter/several',
        message: 'There is another <redirfilter>.',
        hint: 'Put all rules into one.',
        at: filter,
      })
    }
  },
} satisfies DeviceKind<Redirfilter>
