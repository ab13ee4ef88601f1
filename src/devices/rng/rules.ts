import type { RulePages } from '../../diagnostic/rule-page.ts'

export const rules = {
  'rng/missing-backend': {
    why: 'The device hands on random numbers; without a source it has none.',
    example: {
      in: 'devices',
      fails: "<rng model='virtio'/>",
      mended: `<rng model='virtio'>
  <backend model='random'>/dev/urandom</backend>
</rng>`,
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
} satisfies RulePages
