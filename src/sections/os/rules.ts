import type { RulePages } from '../../diagnostic/rule-page.ts'

export const rules = {
  'os/type': {
    why: '`exe`, `xen` and `linux` are guests of other hypervisors.',
    example: {
      in: 'domain',
      fails: `<os>
  <type arch='x86_64' machine='q35'>exe</type>
</os>`,
      mended: `<os>
  <type arch='x86_64' machine='q35'>hvm</type>
</os>`,
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
  'os/machine-unsupported': {
    why: 'QEMU drops versioned machine types after some years, and distributions have their own: see `domxml capabilities show --machines`.',
    example: {
      in: 'domain',
      fails: `<os>
  <type arch='x86_64' machine='q53'>hvm</type>
</os>`,
      mended: `<os>
  <type arch='x86_64' machine='q35'>hvm</type>
</os>`,
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
  'os/no-kernel': {
    why: 'An initial RAM disk is loaded together with a kernel; firmware does not look at it.',
    example: {
      in: 'domain',
      fails: `<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <initrd>/boot/initrd</initrd>
</os>`,
      mended: `<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <kernel>/boot/vmlinuz</kernel>
  <initrd>/boot/initrd</initrd>
</os>`,
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
} satisfies RulePages
