import type { RulePages } from '../../diagnostic/rule-page.ts'

export const rules = {
  'memballoon/several': {
    why: 'Two balloons would pull at the same memory.',
    example: {
      in: 'devices',
      fails: `<memballoon model='virtio'/>
<memballoon model='virtio'/>`,
      mended: "<memballoon model='virtio'/>",
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
  'memballoon/model-unsupported': {
    why: 'That model is a device of another hypervisor.',
    example: {
      in: 'devices',
      fails: "<memballoon model='xen'/>",
      mended: "<memballoon model='virtio'/>",
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
} satisfies RulePages
