import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { escaped } from '../../argv/command-line.ts'
import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Bootable, Context } from '../../context/context.ts'
import type { SharedOptions } from '../../context/shared-options.ts'

/** `-boot` says how the firmware looks for a device; which device, the devices say themselves (bootindex). */
export function printBoot({ definition }: Context, out: CommandLineBuilder): void {
  const { bootmenu, bios } = definition.os
  const properties = new Properties()
  if (bootmenu) properties.field('menu', bootmenu, 'enable')
  if (bios) properties.field('reboot-timeout', bios, 'rebootTimeout')
  if (bootmenu) properties.field('splash-time', bootmenu, 'timeout')
  out.keyValue('-boot', properties.put('strict', true, rule('os/strict-boot')))
}

/** A kernel of the host that is booted directly, and tables that the firmware hands on. */
export function printKernel({ definition }: Context, out: CommandLineBuilder): void {
  const { os } = definition
  if (os.kernel !== undefined) out.text('-kernel', os.kernel, of(os, 'kernel'))
  if (os.initrd !== undefined) out.text('-initrd', os.initrd, of(os, 'initrd'))
  if (os.cmdline !== undefined) out.text('-append', os.cmdline, of(os, 'cmdline'))
  if (os.dtb !== undefined) out.text('-dtb', os.dtb, of(os, 'dtb'))
  for (const table of os.acpi?.table ?? []) {
    out.option('-acpitable', [
      { text: 'sig=SLIC,', from: of(table, 'type') },
      escaped(table.value ?? '', of(table, 'value'), 'file='),
    ])
  }
}

/** The boot entry of the device that is booted from first (s390: -machine loadparm=). */
export function contributeLoadparm({ devices }: Context, machine: SharedOptions['machine']): void {
  for (const list of Object.values(devices)) {
    if (!Array.isArray(list)) continue
    for (const { boot } of list as readonly Bootable[]) {
      if (boot?.order === 1) machine.put('loadparm', boot.loadparm, of(boot, 'loadparm'))
    }
  }
}

/** QEMU itself refuses arguments of a kernel that is not there. */
export function checkBoot(context: Context): void {
  const { os } = context.definition
  if (os.kernel !== undefined) return
  for (const field of ['initrd', 'cmdline'] as const) {
    if (os[field] === undefined) continue
    context.warn({
      code: 'os/no-kernel',
      message: `<${field}> belongs to a kernel that is booted directly, and there is no <kernel>.`,
      hint: 'Add <kernel>, or remove it.',
      at: os,
      field,
    })
  }
}
