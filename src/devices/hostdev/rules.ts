import type { RulePages } from '../../diagnostic/rule-page.ts'

export const rules = {
  'hostdev/scsi-attribute': {
    why: 'Whether SCSI commands pass or are filtered is nothing to tell of a device that takes none.',
    example: {
      in: 'devices',
      fails: `<hostdev mode='subsystem' type='usb' rawio='yes'>
  <source>
    <vendor id='0x1234'/>
    <product id='0xbeef'/>
  </source>
</hostdev>`,
      mended: `<hostdev mode='subsystem' type='usb'>
  <source>
    <vendor id='0x1234'/>
    <product id='0xbeef'/>
  </source>
</hostdev>`,
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
  'hostdev/teaming-not-pci': {
    why: 'A team is a network card of the guest and the function of a network card of the host.',
    example: {
      in: 'devices',
      fails: `<hostdev mode='subsystem' type='usb'>
  <source>
    <vendor id='0x1234'/>
    <product id='0xbeef'/>
  </source>
  <teaming type='transient' persistent='ua-net'/>
</hostdev>`,
      mended: `<hostdev mode='subsystem' type='usb'>
  <source>
    <vendor id='0x1234'/>
    <product id='0xbeef'/>
  </source>
</hostdev>`,
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
  'hostdev/vf-token-zero': {
    why: 'The kernel takes it as no token at all, and refuses the open.',
    example: {
      in: 'devices',
      fails: `<hostdev mode='subsystem' type='pci' managed='yes'>
  <source>
    <address domain='0x0000' bus='0x03' slot='0x00' function='0x1'>
      <vf-token uuid='00000000-0000-0000-0000-000000000000'/>
    </address>
  </source>
</hostdev>`,
      mended: `<hostdev mode='subsystem' type='pci' managed='yes'>
  <source>
    <address domain='0x0000' bus='0x03' slot='0x00' function='0x1'>
      <vf-token uuid='c4d0f6a3-5be1-4c0e-8f57-91e2d8a64b0d'/>
    </address>
  </source>
</hostdev>`,
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
  'hostdev/vf-token-auto': {
    why: 'The token is agreed upon with who drives the physical function: a random one opens nothing.',
    example: {
      in: 'devices',
      fails: `<hostdev mode='subsystem' type='pci' managed='yes'>
  <source>
    <address domain='0x0000' bus='0x03' slot='0x00' function='0x1'>
      <vf-token uuid='auto'/>
    </address>
  </source>
</hostdev>`,
      mended: `<hostdev mode='subsystem' type='pci' managed='yes'>
  <source>
    <address domain='0x0000' bus='0x03' slot='0x00' function='0x1'>
      <vf-token uuid='c4d0f6a3-5be1-4c0e-8f57-91e2d8a64b0d'/>
    </address>
  </source>
</hostdev>`,
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
  'hostdev/vf-token-published': {
    why: 'Examples of documentation are tried first by who wants in. `domxml vfio token new` draws one.',
    example: {
      in: 'devices',
      fails: `<hostdev mode='subsystem' type='pci' managed='yes'>
  <source>
    <address domain='0x0000' bus='0x03' slot='0x00' function='0x1'>
      <vf-token uuid='00112233-4455-6677-8899-aabbccddeeff'/>
    </address>
  </source>
</hostdev>`,
      mended: `<hostdev mode='subsystem' type='pci' managed='yes'>
  <source>
    <address domain='0x0000' bus='0x03' slot='0x00' function='0x1'>
      <vf-token uuid='c4d0f6a3-5be1-4c0e-8f57-91e2d8a64b0d'/>
    </address>
  </source>
</hostdev>`,
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
  'hostdev/vf-token-unsupported': {
    why: 'QEMU has `vf-token` since 8.1; an older one cannot open such a function.',
    example: {
      in: 'devices',
      options: { qemu: '8.0.0' },
      fails: `<hostdev mode='subsystem' type='pci' managed='yes'>
  <source>
    <address domain='0x0000' bus='0x03' slot='0x00' function='0x1'>
      <vf-token uuid='c4d0f6a3-5be1-4c0e-8f57-91e2d8a64b0d'/>
    </address>
  </source>
</hostdev>`,
      mended: `<hostdev mode='subsystem' type='pci' managed='yes'>
  <source>
    <address domain='0x0000' bus='0x03' slot='0x00' function='0x1'/>
  </source>
</hostdev>`,
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
  'hostdev/vf-token-iommufd': {
    why: 'The kernel reads the token from the request for the group that the device is opened by; an iommufd has no such request.',
    example: {
      in: 'domain',
      fails: `<iommufd enabled='yes'/>
<devices>
  <hostdev mode='subsystem' type='pci' managed='yes'>
    <source>
      <address domain='0x0000' bus='0x03' slot='0x00' function='0x1'>
        <vf-token uuid='c4d0f6a3-5be1-4c0e-8f57-91e2d8a64b0d'/>
      </address>
    </source>
  </hostdev>
</devices>`,
      mended: `<iommufd enabled='yes'/>
<devices>
  <hostdev mode='subsystem' type='pci' managed='yes'>
    <driver iommufd='no'/>
    <source>
      <address domain='0x0000' bus='0x03' slot='0x00' function='0x1'>
        <vf-token uuid='c4d0f6a3-5be1-4c0e-8f57-91e2d8a64b0d'/>
      </address>
    </source>
  </hostdev>
</devices>`,
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
} satisfies RulePages
