import type { RulePages } from '../../diagnostic/rule-page.ts'

export const rules = {
  'memtune/swap-below-hard-limit': {
    why: 'The second limit counts memory and swap together, so it cannot be below that of memory alone.',
    example: {
      in: 'domain',
      fails: `<memtune>
  <hard_limit unit='GiB'>4</hard_limit>
  <swap_hard_limit unit='GiB'>2</swap_hard_limit>
</memtune>`,
      mended: `<memtune>
  <hard_limit unit='GiB'>2</hard_limit>
  <swap_hard_limit unit='GiB'>4</swap_hard_limit>
</memtune>`,
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
} satisfies RulePages
