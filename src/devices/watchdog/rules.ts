import type { RulePages } from '../../diagnostic/rule-page.ts'

export const rules = {
  'watchdog/several-of-a-model': {
    why: 'A watchdog that is no PCI device is at a fixed place, where there is no room for a second one.',
    example: {
      in: 'devices',
      fails: `<watchdog model='itco' action='reset'/>
<watchdog model='itco' action='reset'/>`,
      mended: "<watchdog model='itco' action='reset'/>",
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
  'watchdog/actions-differ': {
    why: 'QEMU has one action for all watchdogs of a guest, so one of the two wishes would be lost.',
    example: {
      in: 'devices',
      fails: `<watchdog model='i6300esb' action='reset'/>
<watchdog model='i6300esb' action='pause'/>`,
      mended: `<watchdog model='i6300esb' action='reset'/>
<watchdog model='i6300esb' action='reset'/>`,
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
} satisfies RulePages
