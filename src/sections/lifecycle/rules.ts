import type { RulePages } from '../../diagnostic/rule-page.ts'

export const rules = {
  'lifecycle/actions-crossed': {
    why: 'QEMU ends or goes on in both cases; it cannot do the one at a reboot and the other when the guest powers off.',
    example: {
      in: 'domain',
      fails: `<on_poweroff>restart</on_poweroff>
<on_reboot>destroy</on_reboot>`,
      mended: `<on_poweroff>destroy</on_poweroff>
<on_reboot>restart</on_reboot>`,
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
} satisfies RulePages
