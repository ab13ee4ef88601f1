import type { RulePages } from '../../diagnostic/rule-page.ts'

export const rules = {
  'domain/title': {
    why: 'A title stands in lists, one domain a line; longer texts belong into <description>.',
    example: {
      in: 'domain',
      fails: `<title>web
server</title>`,
      mended: '<title>web server</title>',
    },
    links: ['https://libvirt.org/formatdomain.html#general-metadata'],
  },
} satisfies RulePages
