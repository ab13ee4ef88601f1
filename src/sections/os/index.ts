import { of, rule } from '../../argv/piece.ts'
import type { Bootable, Context } from '../../context/context.ts'
import type { Section } from '../../context/unit.ts'
import { machineOf } from '../../machines/registry.ts'
import { defaultRule, machineFact } from '../../origin/origin.ts'
import { acceleratorPieces } from './accelerator.ts'
import { checkEmulator, checkMachine } from './architecture.ts'
import { checkBoot, contributeLoadparm, contributeSerialBios, printBoot, printKernel } from './boot.ts'
import { osClaims } from './claims.ts'
import { launchOs } from './launch.ts'

/** Devices with an order of their own take the place of the list. */
function someDeviceHasBootOrder({ devices }: Context): boolean {
  return Object.values(devices).some((list) => Array.isArray(list) && list.some((device: Bootable) => device.boot))
}

/** The bootloader of the host is for paravirtual guests of Xen and bhyve. */
function checkBootloader(context: Context): void {
  const { definition } = context
  for (const field of ['bootloader', 'bootloader_args'] as const) {
    if (definition[field] === undefined) continue
    context.error({
      code: 'os/bootloader',
      message: "QEMU boots its guests itself: a bootloader of the host is another hypervisor's.",
      hint: `Remove <${field}>, or name the <kernel> in <os>.`,
      at: definition,
      field,
    })
  }
}

/** There are four classes of devices; libvirt reads no further. */
const mostBootDevices = 4

export const osSection = {
  basic: [
    {
      name: 'os/arch',
      doc: 'The architecture of the emulator.',
      apply: (context) => {
        const { type } = context.definition.os
        if (type.arch === undefined) context.set(type, 'arch', context.capabilities.arch, defaultRule('os/arch'))
      },
    },
    { name: 'os/emulator', doc: "The emulator is one for the guest's architecture.", apply: checkEmulator },
    {
      name: 'os/machine',
      doc: "The emulator's default machine type; an alias becomes the type it stands for.",
      apply: (context) => {
        const { capabilities, accelerator } = context
        const { type } = context.definition.os
        if (type.machine === undefined) {
          const fallback = capabilities.defaultMachine(accelerator)
          if (fallback) context.set(type, 'machine', fallback.name, machineFact('default machine type'))
        } else {
          const canonical = capabilities.canonicalMachine(type.machine, accelerator)
          if (canonical !== type.machine) context.set(type, 'machine', canonical, machineFact('machine type alias'))
        }
        checkMachine(context)
        context.useMachine(machineOf(context.arch, type.machine ?? '', context.plan.release))
      },
    },
    {
      name: 'os/boot',
      doc: 'The guest boots from its first disk, where nothing says in which order.',
      apply: (context) => {
        const { os } = context.definition
        if (os.boot.length > mostBootDevices) context.replace(os.boot, os.boot.slice(0, mostBootDevices))
        if (os.boot.length > 0 || someDeviceHasBootOrder(context)) return
        context.insert(os.boot, { dev: 'hd' }, defaultRule('os/boot'))
      },
    },
  ],
  contribute: (context, { machine }) => {
    machine.put('type', context.definition.os.type.machine, of(context.definition.os.type, 'machine'))
    contributeLoadparm(context, machine)
    contributeSerialBios(context, machine)
    machine.put('usb', false, rule('os/usb-by-devices'))
  },
  claims: osClaims,
  validate: (context) => {
    checkBoot(context)
    checkBootloader(context)
  },
  argv: {
    accelerator: (context, out) => out.option('-accel', acceleratorPieces(context)),
    boot: printBoot,
    kernel: printKernel,
  },
  launch: launchOs,
} satisfies Section
