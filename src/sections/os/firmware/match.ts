import type { Context } from '../../../context/context.ts'
import type { Told } from '../../../context/inquiry.ts'
import { asked } from '../../../host/asked.ts'
import type { Firmware } from '../../../host/descriptors.ts'
import { targetOf } from '../../../host/host.ts'
import { globFits } from './glob.ts'
import { fitsStore } from './varstore.ts'

/** What the domain asks of a firmware. */
export interface Wish {
  readonly interfaceType: 'uefi' | 'bios'
  /** Format of the firmware itself, where it matters. */
  readonly format: string | undefined
}

type Check = (firmware: Firmware, wish: Wish, context: Context) => boolean

const has = (firmware: Firmware, feature: string) => firmware.features.includes(feature)

const fitsMachine: Check = ({ targets }, _wish, { arch, definition }) =>
  targets.some(
    (target) =>
      target.architecture === targetOf(arch) &&
      target.machines.some((glob) => globFits(glob, definition.os.type.machine ?? '')),
  )

/** Secure Boot is only as good as system management mode, so the two come together. */
const fitsSecureBoot: Check = (firmware, _wish, { definition }) => {
  const { firmwareFeatures, loader } = definition.os
  const managed = has(firmware, 'requires-smm')
  if (managed && definition.features?.smm?.state === false) return false
  if (loader?.secure === true && !(managed && has(firmware, 'secure-boot'))) return false
  if (loader?.secure === false && managed) return false
  return (firmwareFeatures?.feature ?? []).every(({ name, enabled }) => has(firmware, name) === enabled)
}

const fitsSleep: Check = (firmware, _wish, { definition: { pm } }) =>
  (pm?.['suspend-to-mem']?.enabled !== true || has(firmware, 'acpi-s3')) &&
  (pm?.['suspend-to-disk']?.enabled !== true || has(firmware, 'acpi-s4'))

/** Bit of SEV's policy by which the registers of the guest are encrypted too (AMD SEV API, "Guest policy"). */
const encryptedState = 0x4

const fitsSecurity: Check = (firmware, _wish, { definition: { launchSecurity } }) => {
  if (launchSecurity?.type === 'sev-snp') return has(firmware, 'amd-sev-snp')
  if (launchSecurity?.type === 'tdx') return has(firmware, 'intel-tdx')
  if (launchSecurity?.type !== 'sev') return true
  return has(firmware, ((launchSecurity.policy ?? 0) & encryptedState) === 0 ? 'amd-sev' : 'amd-sev-es')
}

const fitsMapping: Check = (firmware, wish, context) => {
  const { mapping } = firmware
  const { os } = context.definition
  const { loader } = os
  switch (mapping.device) {
    case 'flash':
      return loader?.type !== 'rom' && loader?.readonly !== false && !os.varstore && fitsFlash(mapping, wish, os)
    case 'memory':
      return (
        loader?.type !== 'pflash' &&
        loader?.readonly !== false &&
        os.nvram === undefined &&
        // The format of what QEMU's own device keeps is not asked for.
        (os.varstore !== undefined || wish.format === undefined || wish.format === 'raw') &&
        (loader?.value === undefined || loader.value === mapping.filename) &&
        fitsStore(firmware, context)
      )
    case 'kernel':
      return false
  }
}

/** A flash device is split in firmware and variables, or has no variables. One file with both is never chosen. */
function fitsFlash(mapping: Firmware['mapping'], wish: Wish, os: Context['definition']['os']): boolean {
  const { loader, nvram } = os
  if ((mapping.mode ?? 'split') !== (loader?.stateless === true ? 'stateless' : 'split')) return false
  const { executable, 'nvram-template': template } = mapping
  if (wish.format !== undefined && executable?.format !== wish.format) return false
  if (loader?.value !== undefined && executable?.filename !== loader.value) return false
  if (nvram?.format !== undefined && template?.format !== nvram.format) return false
  return nvram?.template === undefined || template?.filename === nvram.template
}

const checks: readonly Check[] = [
  (firmware, { interfaceType }) => firmware['interface-types'].includes(interfaceType),
  fitsMachine,
  fitsSleep,
  fitsSecureBoot,
  fitsSecurity,
  fitsMapping,
]

/** The first firmware of the host that fits (formatdomain, "firmware"; QEMU docs/interop/firmware.json). */
export function matchingFirmware(wish: Wish, context: Context): Firmware | undefined {
  const fits = (firmware: Firmware) => checks.every((check) => check(firmware, wish, context))
  return context.host.firmware.find(({ descriptor }) => fits(descriptor))?.descriptor
}

/** Whether the host is described decides what a firmware, or none, is worth. */
export function askFirmware(found: Firmware | undefined, wish: Wish, context: Context): Told<Firmware> {
  const { os } = context.definition
  return context.ask(asked.firmware(wish.interfaceType === 'uefi' ? 'UEFI' : 'BIOS'), found, {
    at: os,
    field: 'firmware',
    when: context.options.abiUpdate ? 'define' : 'start',
    says: found?.mapping.executable?.filename ?? found?.mapping.filename,
  })
}
