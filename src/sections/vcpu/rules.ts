import type { RulePages } from '../../diagnostic/rule-page.ts'

export const rules = {
  'vcpu/more-than-maximum': {
    why: '`current` is how many CPUs are there at the start, the text how many there can be.',
    example: {
      in: 'domain',
      fails: "<vcpu current='4'>2</vcpu>",
      mended: "<vcpu current='2'>4</vcpu>",
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
} satisfies RulePages
