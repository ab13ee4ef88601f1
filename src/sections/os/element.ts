import { element } from '../../codec/element.ts'
import { many, optional, required, requiredChild } from '../../codec/field.ts'
import { oneOf, text } from '../../codec/scalar.ts'

const osType = element('type', 'What kind of guest, on which machine.', {
  attributes: {
    arch: optional(text, { doc: "The guest's architecture; the emulator's where absent." }),
    machine: optional(text, { doc: "QEMU's machine type; the default of the architecture where absent." }),
  },
  value: oneOf('hvm', 'linux', 'xen', 'exe', 'xenpvh', 'uml'),
})

const boot = element('boot', 'A kind of device to boot from, in order.', {
  attributes: { dev: required(oneOf('fd', 'hd', 'cdrom', 'network')) },
})

export const os = element(
  'os',
  'What the guest boots, and on which machine.',
  {
    children: { type: requiredChild(osType, { missing: 'os/missing-type' }), boot: many(boot) },
  },
  {
    unbuilt: {
      attributes: ['firmware'],
      children: [
        'loader',
        'nvram',
        'kernel',
        'initrd',
        'cmdline',
        'dtb',
        'acpi',
        'bootmenu',
        'smbios',
        'bios',
        'init',
        'initarg',
        'initenv',
        'firmware',
      ],
    },
  },
)
