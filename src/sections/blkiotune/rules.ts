import type { RulePages } from '../../diagnostic/rule-page.ts'

export const rules = {
  'blkiotune/duplicate-device': {
    why: 'Two weights for one device.',
    example: {
      in: 'domain',
      fails: `<blkiotune>
  <device><path>/dev/sda</path><weight>500</weight></device>
  <device><path>/dev/sda</path><weight>600</weight></device>
</blkiotune>`,
      mended: `<blkiotune>
  <device><path>/dev/sda</path><weight>500</weight></device>
</blkiotune>`,
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
} satisfies RulePages
