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

/** The signature of each kind of table; a file that is a table has its own. */
const signatures: { readonly [type: string]: string } = { slic: 'SLIC', msdm: 'MSDM' }

/** A kernel of the host that is booted directly, and tables that the firmware hands on. */
export function printKernel({ definition }: Context, out: CommandLineBuilder): void {
  const { os } = definition
  if (os.kernel !== undefined) out.text('-kernel', os.kernel, of(os, 'kernel'))
  if (os.initrd !== undefined) out.text('-initrd', os.initrd, of(os, 'initrd'))
  if (os.cmdline !== undefined) out.text('-append', os.cmdline, of(os, 'cmdline'))
  if (os.shim !== undefined) out.text('-shim', os.shim, of(os, 'shim'))
  if (os.dtb !== undefined) out.text('-dtb', os.dtb, of(os, 'dtb'))
  for (const table of os.acpi?.table ?? []) {
    const signature = signatures[table.type]
    out.option('-acpitable', [
      ...(signature === undefined ? [] : [{ text: `sig=${signature},`, from: of(table, 'type') }]),
      escaped(table.value ?? '', of(table, 'value'), 'file='),
    ])
  }
}

/** The boot entry of the device that is booted from first (s390: -machine loadparm=). */
export function contributeLoadparm(context: Context, machine: SharedOptions['machine']): void {
  const { devices, loadparmByDevice, machine: machineFacts } = context
  if (loadparmByDevice || machineFacts.virtioBus !== 'ccw') return
  for (const list of Object.values(devices)) {
    if (!Array.isArray(list)) continue
    for (const { boot } of list as readonly Bootable[]) {
      if (boot?.order === 1) machine.put('loadparm', boot.loadparm, of(boot, 'loadparm'))
    }
  }
}

/** SeaBIOS speaks on the serial port where the machine says that it has no screen. */
export function contributeSerialBios({ definition }: Context, machine: SharedOptions['machine']): void {
  const { bios } = definition.os
  if (bios?.useserial) machine.put('graphics', false, of(bios, 'useserial'))
}

/** QEMU itself refuses arguments of a kernel that is not there. */
export function checkBoot(context: Context): void {
  const { os } = context.definition
  checkShim(context)
  checkTables(context)
  if (os.bios?.useserial && context.devices.serial.length === 0) {
    context.error({
      code: 'os/bios-without-serial',
      message: 'The BIOS is to speak on a serial port, and the guest has none.',
      hint: "Add <serial type='pty'/>, or remove useserial.",
      at: os.bios,
      field: 'useserial',
    })
  }
  if (os.bios?.useserial && context.machine.pc !== true) {
    context.error({
      code: 'os/bios-serial-machine',
      message: 'Only the BIOS of a PC speaks on a serial port.',
      hint: 'Remove useserial.',
      at: os.bios,
      field: 'useserial',
    })
  }
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

function checkShim(context: Context): void {
  const { os } = context.definition
  if (os.shim === undefined) return
  const refuse = (code: string, message: string, hint: string) =>
    context.error({ code, message, hint, at: os, field: 'shim' })
  if (os.kernel === undefined) {
    refuse(
      'os/shim-without-kernel',
      'A shim checks a kernel that is booted directly, and there is none.',
      'Add <kernel>.',
    )
  } else if (!context.capabilities.has('shim')) {
    refuse('os/shim-unsupported', 'This QEMU takes no shim (capability shim).', 'Use QEMU 10.0 or later.')
  }
}

/** Tables with a signature of libvirt's choice stand once each; a set of tables in one file is Xen's. */
function checkTables(context: Context): void {
  const seen = new Set<string>()
  for (const table of context.definition.os.acpi?.table ?? []) {
    const refuse = (code: string, message: string, hint: string) =>
      context.error({ code, message, hint, at: table, field: 'type' })
    if (table.type === 'rawset') {
      refuse('os/acpi-rawset', 'QEMU takes one ACPI table a file.', "Use type='raw' for each table.")
    } else if (table.type !== 'raw' && seen.has(table.type)) {
      refuse('os/acpi-table-twice', `There is another ACPI table of type ${table.type}.`, 'Keep one.')
    }
    seen.add(table.type)
  }
}
