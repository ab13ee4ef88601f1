import { element, type Infer } from '../../codec/element.ts'
import { child, many, optional, required, requiredChild, textChild } from '../../codec/field.ts'
import { integer } from '../../codec/number.ts'
import { emptyAsAbsent, newer, nonEmpty, oneOf, text, yesNo } from '../../codec/scalar.ts'
import { firmwareFeatures, loader, nvram } from './firmware/element.ts'
import { varstore } from './firmware/varstore-element.ts'

const osType = element('type', 'What kind of guest, on which machine.', {
  attributes: {
    arch: optional(text, { doc: "The guest's architecture; the emulator's where absent." }),
    machine: optional(text, { doc: "QEMU's machine type; the default of the architecture where absent." }),
  },
  value: oneOf('hvm', 'linux', 'xen', 'exe', 'xenpvh', 'uml'),
})

const boot = element('boot', 'A kind of device to boot from, in order.', {
  attributes: {
    dev: required(oneOf('fd', 'hd', 'cdrom', 'network'), { doc: 'fd: floppy, hd: disk.', invalid: 'os/boot-device' }),
  },
})

const bootmenu = element(
  'bootmenu',
  'The boot menu of the firmware.',
  {
    attributes: {
      enable: optional(yesNo, { doc: "Whether it shows; the firmware's own choice where absent." }),
      timeout: optional(emptyAsAbsent(integer({ max: 65535 })), {
        doc: 'How many milliseconds it waits (0 to 65535); only with enable=yes.',
        invalid: 'os/bootmenu-timeout',
      }),
    },
  },
  {
    omitEmpty: true,
    settle: ({ fields }) => {
      if (fields.enable !== true) fields.timeout = undefined
    },
  },
)

const bios = element(
  'bios',
  'Switches of a BIOS.',
  {
    attributes: {
      useserial: optional(emptyAsAbsent(yesNo), { doc: 'Shows messages of the BIOS on the first serial port.' }),
      rebootTimeout: optional(integer({ min: -1, max: 65535 }), {
        doc: 'Milliseconds after which a failed boot starts again (0 to 65535); -1: never.',
        invalid: 'os/reboot-timeout',
      }),
    },
  },
  { omitEmpty: true },
)

const smbios = element(
  'smbios',
  "Where the guest's SMBIOS tables come from.",
  {
    attributes: {
      mode: optional(emptyAsAbsent(oneOf('emulate', 'host', 'sysinfo')), {
        doc: "emulate: the hypervisor's own; host: the host's; sysinfo: <sysinfo type='smbios'>.",
      }),
    },
  },
  { omitEmpty: true },
)

const acpiTable = element('table', 'A file with an ACPI table.', {
  attributes: {
    type: required(newer(oneOf('raw', 'rawset', 'slic', 'msdm'), { raw: '11.2', rawset: '11.2', msdm: '11.2' }), {
      doc: 'raw: one table; rawset: several (Xen); slic, msdm: software licensing.',
      keepsEmpty: true,
    }),
  },
  value: nonEmpty,
})

const acpi = element('acpi', 'Extra ACPI tables.', { children: { table: many(acpiTable) } }, { omitEmpty: true })

/** A program of the host that chooses what a paravirtual guest boots (Xen, bhyve); QEMU's guests carry it without effect. */
export const hostBootloader = {
  bootloader: textChild(nonEmpty, { doc: 'Path of the program.' }),
  bootloader_args: textChild(nonEmpty, { doc: 'Its arguments.' }),
} as const

export const os = element(
  'os',
  'What the guest boots, and on which machine.',
  {
    attributes: {
      firmware: optional(emptyAsAbsent(oneOf('bios', 'efi')), {
        doc: "A firmware of this kind is chosen among the host's; the one that is named, or QEMU's own where absent.",
        invalid: 'firmware/kind',
      }),
    },
    children: {
      type: requiredChild(osType, { missing: 'os/missing-type' }),
      firmwareFeatures: child(firmwareFeatures, { name: 'firmware' }),
      loader: child(loader),
      nvram: child(nvram),
      varstore: child(varstore, { since: '12.1' }),
      kernel: textChild(nonEmpty, { doc: 'A kernel of the host that is booted directly.' }),
      initrd: textChild(nonEmpty, { doc: 'Its initial ramdisk.' }),
      cmdline: textChild(nonEmpty, { doc: 'Its arguments.' }),
      shim: textChild(nonEmpty, { doc: 'A loader that checks the signature of the kernel.', since: '11.2' }),
      dtb: textChild(nonEmpty, { doc: 'A device tree.' }),
      root: textChild(nonEmpty, { doc: 'A root device of a guest in a container; kept without effect.' }),
      acpi: child(acpi),
      boot: many(boot),
      bootmenu: child(bootmenu),
      bios: child(bios),
      smbios: child(smbios),
    },
  },
  {
    foreign: {
      children: ['init', 'initarg', 'initenv', 'initdir', 'inituser', 'initgroup'],
    },
  },
)

export type Os = Infer<typeof os>
