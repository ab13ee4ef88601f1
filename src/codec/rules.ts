import type { RulePages } from '../diagnostic/rule-page.ts'

export const rules = {
  'element/unknown': {
    why: 'libvirt reads what it knows and drops the rest without a word: the setting vanishes at `virsh define`, and the guest runs without it.',
    example: {
      in: 'devices',
      fails: "<grapics type='vnc'/>",
      mended: "<graphics type='vnc'/>",
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
  'element/stray-text': {
    why: 'libvirt reads elements and drops the words between them: what was meant by them does not happen, and a word of a broken edit may be left.',
    example: {
      in: 'devices',
      fails: "enabled <input type='tablet' bus='usb'/>",
      mended: "<input type='tablet' bus='usb'/>",
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
  'attribute/unknown': {
    why: 'libvirt drops an attribute that it does not know, so the default counts instead of what was meant.',
    example: {
      in: 'devices',
      fails: `<disk type='file' device='disk'>
  <source file='/var/lib/libvirt/images/a.qcow2'/>
  <target buss='virtio' dev='vda'/>
</disk>`,
      mended: `<disk type='file' device='disk'>
  <source file='/var/lib/libvirt/images/a.qcow2'/>
  <target dev='vda' bus='virtio'/>
</disk>`,
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
  'element/duplicate': {
    why: 'libvirt reads the first and forgets the others; of features it is the last that counts.',
    example: {
      in: 'domain',
      fails: `<name>a</name>
<name>b</name>`,
      mended: '<name>a</name>',
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
  'value/invalid': {
    why: 'The value is none of those that may stand here, and libvirt refuses the domain.',
    example: {
      in: 'domain',
      fails: "<vcpu placement='satic'>2</vcpu>",
      mended: "<vcpu placement='static'>2</vcpu>",
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
  'value/spelling': {
    why: 'libvirt takes it and prints it back in the usual spelling: files that are compared differ, searches miss it.',
    example: {
      in: 'domain',
      fails: '<uuid>7b1a3c526f0e4f4c9d0c3a0b7c5f6e21</uuid>',
      mended: '<uuid>7b1a3c52-6f0e-4f4c-9d0c-3a0b7c5f6e21</uuid>',
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
  'value/size': {
    why: "The number overflows in libvirt's 64 bits.",
    example: {
      in: 'domain',
      fails: "<memory unit='EiB'>999999</memory>",
      mended: "<memory unit='GiB'>4</memory>",
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
} satisfies RulePages
