import type { RulePages } from '../../diagnostic/rule-page.ts'

export const rules = {
  'seclabel/missing-label': {
    why: 'Static says that the label is chosen by you: here none is.',
    example: {
      in: 'domain',
      fails: "<seclabel type='static' model='selinux'/>",
      mended: `<seclabel type='static' model='selinux'>
  <label>system_u:system_r:svirt_t:s0:c1,c2</label>
</seclabel>`,
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
} satisfies RulePages
