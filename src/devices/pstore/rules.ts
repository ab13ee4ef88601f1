import type { RulePages } from '../../diagnostic/rule-page.ts'

const links = ['https://libvirt.org/formatdomain.html#pstore']

export const rules = {
  'pstore/size': {
    why: 'QEMU maps the storage as memory of the guest: whole pages, and as many as a PCI region can have.',
    example: {
      in: 'devices',
      fails: `<pstore backend='acpi-erst'>
  <size unit='KiB'>12</size>
</pstore>`,
      mended: `<pstore backend='acpi-erst'>
  <size unit='KiB'>16</size>
</pstore>`,
    },
    links,
  },
  'pstore/several': {
    why: 'The tables of ACPI describe one such storage.',
    example: {
      in: 'devices',
      fails: `<pstore backend='acpi-erst'><size unit='KiB'>8</size></pstore>
<pstore backend='acpi-erst'><size unit='KiB'>8</size></pstore>`,
      mended: "<pstore backend='acpi-erst'><size unit='KiB'>8</size></pstore>",
    },
    links,
  },
  'pstore/address': {
    why: 'The device sits on a PCI bus and on no other.',
    example: {
      in: 'devices',
      fails: `<pstore backend='acpi-erst'>
  <size unit='KiB'>8</size>
  <address type='usb' bus='0' port='1'/>
</pstore>`,
      mended: `<pstore backend='acpi-erst'>
  <size unit='KiB'>8</size>
</pstore>`,
    },
    links,
  },
} satisfies RulePages
