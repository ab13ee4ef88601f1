import type { CommandLineBuilder } from '../../../argv/command-line.ts'
import { of } from '../../../argv/piece.ts'
import { Properties } from '../../../argv/properties.ts'
import type { Context } from '../../../context/context.ts'
import type { Firmware } from '../../../host/descriptors.ts'
import { defaultRule, type Origin } from '../../../origin/origin.ts'
import type { Refuse } from './refuse.ts'
import { varstore } from './varstore-element.ts'

/** Whether a firmware that is loaded as memory keeps its variables as the guest wants them kept (oracle: 12.8). */
export function fitsStore({ mapping }: Firmware, { definition: { os } }: Context): boolean {
  const store = mapping['uefi-vars']
  const { loader, varstore: wanted } = os
  if (store === undefined) return loader?.stateless !== false && wanted === undefined
  return loader?.stateless !== true && (wanted?.template === undefined || wanted.template === store.template)
}

/** What the descriptor says of the variables. */
export function enableStore({ mapping }: Firmware, chosen: Origin, context: Context): void {
  const { os } = context.definition
  const store = mapping['uefi-vars']
  if (store === undefined) return
  if (os.varstore === undefined) context.set(os, 'varstore', varstore.create({}), chosen)
  if (os.varstore!.template === undefined) context.set(os.varstore!, 'template', store.template, chosen)
}

/** The file is named after the guest, where there is a firmware that needs it. */
export function placeStore(context: Context): void {
  const { os, name } = context.definition
  if (os.loader === undefined || os.varstore === undefined || os.varstore.path !== undefined) return
  const reason = defaultRule('firmware/varstore-path')
  context.set(os.varstore, 'path', `${context.host.config.varstoreDir}/${name}.json`, reason)
}

/** What a store of variables does not go with (oracle: 12.8). */
export function checkStore({ definition, capabilities }: Context, refuseWith: Refuse): void {
  const { os } = definition
  const { loader, varstore: store } = os
  if (store === undefined) return
  const refuse = (code: string, message: string, hint: string) => refuseWith(code, message, hint, store)
  if (os.nvram !== undefined || loader?.type === 'pflash') {
    refuse(
      'firmware/two-stores',
      'Variables are kept in flash or by a device of QEMU, not in both.',
      "Remove <varstore>, or <nvram> and the loader of type='pflash'.",
    )
  }
  if (os.firmware === 'bios') {
    refuse('firmware/bios-has-no-variables', 'A BIOS keeps no variables.', 'Remove <varstore>, or use a UEFI firmware.')
  }
  if (loader?.stateless === true) {
    refuse(
      'firmware/stateless-with-variables',
      'A stateless firmware keeps no variables.',
      'Remove <varstore>, or stateless.',
    )
  }
  if (capabilities.has('uefi-vars')) return
  refuse(
    'firmware/varstore-unsupported',
    'This QEMU has no device for the variables of UEFI (capability uefi-vars).',
    'Use QEMU 10.0 or later, or <nvram>.',
  )
}

/** PCs have a device of their own, other boards find it by device tree or ACPI. */
export function printStore({ arch, definition: { os } }: Context, out: CommandLineBuilder): void {
  if (os.varstore?.path === undefined || os.loader?.type !== 'rom') return
  const driver = arch === 'x86_64' || arch === 'i686' ? 'uefi-vars-x64' : 'uefi-vars-sysbus'
  out.device(
    new Properties()
      .put('driver', driver, of(os, 'varstore'))
      .put('jsonfile', os.varstore.path, of(os.varstore, 'path')),
  )
}
