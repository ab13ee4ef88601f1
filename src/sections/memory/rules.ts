import type { RulePages } from '../../diagnostic/rule-page.ts'

export const rules = {
  'memory/missing': {
    why: 'A guest needs memory to run in; libvirt refuses the definition.',
    example: {
      in: 'domain',
      fails: '<memory>0</memory>',
      mended: "<memory unit='GiB'>1</memory>",
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
} satisfies RulePages
