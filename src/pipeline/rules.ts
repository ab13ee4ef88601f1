import type { RulePages } from '../diagnostic/rule-page.ts'

export const rules = {
  'domain/wrong-root': {
    why: 'A document with another root is no definition of a guest.',
    example: {
      in: 'document',
      fails: "<domian type='kvm'/>",
      mended: `<domain type='kvm'>
  <name>a</name>
  <memory>1048576</memory>
  <os><type arch='x86_64'>hvm</type></os>
</domain>`,
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
} satisfies RulePages
