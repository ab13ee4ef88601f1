import type { Context } from '../../../context/context.ts'
import type { Source } from '../../../fragments/storage-source/element.ts'
import { checkNested, checkSource } from '../../../parts/storage-source/validate.ts'
import { dated } from '../../../release/dated.ts'
import { isUnplaced, keepsItself, type Nvram } from './element.ts'
import type { Refuse } from './refuse.ts'
import { checkFound } from './select.ts'
import { checkStore } from './varstore.ts'

export function checkFirmware(context: Context): void {
  let refused = false
  const refuse: Refuse = (code, message, hint, at = context.definition.os, field) => {
    refused = true
    context.error({ code, message, hint, at, ...(field && { field }) })
  }
  checkLoader(context, refuse)
  checkVariables(context, refuse)
  checkStore(context, refuse)
  checkFeatures(context, refuse)
  checkAutoselection(context, refuse)
  checkStorage(context, refuse)
  checkWritable(context)
  checkAcpi(context, refuse)
  if (!refused) checkFound(context)
}

/** Features choose among the host's firmwares. */
function checkAutoselection({ definition: { os } }: Context, refuse: Refuse): void {
  const features = os.firmwareFeatures
  if (os.firmware !== undefined || features === undefined || features.feature.length === 0) return
  refuse(
    'firmware/features-without-choice',
    'Features are what a firmware of the host is chosen by, and none is to be chosen.',
    "Write <os firmware='efi'>, or remove <firmware>.",
    features,
  )
}

/** Whether what is said of a ROM must make sense (oracle: 11.3, 12.8). */
const checksRoms = dated(false, ['12.8', true])

function checkLoader({ definition, machine, plan }: Context, refuse: Refuse): void {
  const { firmware, loader, nvram } = definition.os
  if (loader === undefined && nvram === undefined) return
  if (firmware === undefined && loader?.value === undefined) {
    refuse(
      'firmware/missing-path',
      'Nothing names the file of the firmware, and none is to be chosen.',
      "Add the path, or write <os firmware='efi'>.",
      loader ?? nvram,
    )
  }
  if (loader === undefined) return
  if (plan.at(checksRoms) && loader.type === 'rom') {
    if (loader.readonly === false) {
      refuse('firmware/rom-writable', 'A ROM cannot be written to.', "Remove readonly='no'.", loader, 'readonly')
    }
    if (loader.format !== undefined && loader.format !== 'raw') {
      refuse('firmware/rom-format', 'A ROM is a plain file.', "Write format='raw'.", loader, 'format')
    }
  }
  if (loader.secure !== true) return
  if (machine.smm !== 'tseg') {
    refuse('firmware/secure-machine', 'Secure Boot needs a q35 machine.', "Write machine='q35'.", loader, 'secure')
  } else if (definition.features?.smm?.state !== true) {
    refuse(
      'firmware/secure-without-smm',
      'Secure Boot needs system management mode.',
      "Add <smm state='on'/> to <features>.",
      loader,
      'secure',
    )
  }
}

/** A firmware that is loaded as memory may have variables (oracle: 12.8). */
const romsKeep = dated(false, ['12.8', true])

/** A BIOS that is chosen has no variables, nor has what is stateless. What is said of one that is named is kept (oracle: 11.3, 12.8). */
function checkVariables({ definition: { os }, plan }: Context, refuse: Refuse): void {
  const { firmware, loader, nvram } = os
  const isNamed = firmware === undefined && loader?.type !== 'pflash'
  const keeps =
    firmware === 'bios'
      ? nvram !== undefined || loader?.stateless === false
      : isNamed && loader?.stateless === false && !plan.at(romsKeep)
  if (keeps) {
    refuse(
      'firmware/bios-has-no-variables',
      'A BIOS keeps no variables.',
      'Remove <nvram> and stateless, or use a UEFI firmware.',
      nvram ?? loader,
    )
  }
  if (loader?.stateless === true && nvram !== undefined) {
    refuse(
      'firmware/stateless-with-variables',
      'A stateless firmware keeps no variables.',
      'Remove <nvram>, or stateless.',
      nvram,
    )
  }
}

/** The kinds of sources that variables may lie in (oracle: 11.3, 12.8). */
const storesVariables: ReadonlySet<string> = new Set(['file', 'block', 'network'])
const whereInstead = "Write type='file', 'block' or 'network'."

/** Whether they may be in a slice of a block device (oracle: 11.3, 12.8). */
const slicesBlocks = dated(false, ['12.8', true])

/** Variables that lie elsewhere are opened like an image of a disk. */
function checkStorage(context: Context, refuse: Refuse): void {
  const { nvram } = context.definition.os
  if (nvram?.type === undefined) return
  const { type, source } = nvram
  if (!storesVariables.has(type)) {
    refuse(
      'firmware/variables-source',
      `Variables do not lie in a source of the type ${type}.`,
      whereInstead,
      nvram,
      'type',
    )
  }
  if (source && 'reservations' in source && source.reservations) {
    const hint = 'Remove <reservations>.'
    refuse('firmware/variables-source', 'No reservation is taken for variables.', hint, source.reservations)
  }
  const slices = source && 'slices' in source ? source.slices : undefined
  if (slices && !(type === 'block' && context.plan.at(slicesBlocks))) {
    refuse('firmware/variables-source', 'Variables are not in a slice of a source.', 'Remove <slices>.', slices)
  } else if (slices?.slice.some(({ offset }) => offset > 0n)) {
    refuse('firmware/variables-source', 'Variables are at the start of a source.', "Write offset='0'.", slices)
  }
  checkNested(nvram, context)
  checkSource(nvram, context)
  if (source) checkLayers(nvram, source, context, refuse)
}

/** Whether a flash must be of a known format. */
const knowsFormats = dated(false, ['11.3', true])

/** Whether a flash that is said to be writable takes no variables at all (oracle: 11.3, 12.8). */
const refusesWritable = dated(false, ['12.8', true])

/** What is not said of variables beside a writable flash is found out by nobody (oracle: 11.3, 12.8). */
function checkWritable(context: Context): void {
  const { os } = context.definition
  if (os.nvram === undefined || !keepsItself(os) || !context.plan.at(knowsFormats)) return
  const isRefused = os.loader?.readonly === false && context.plan.at(refusesWritable)
  if (os.nvram.format !== undefined && !isUnplaced(os.nvram) && !isRefused) return
  context.error({
    code: 'firmware/variables-of-writable-flash',
    message:
      'The flash of the firmware is writable and keeps its variables; of other variables path and format must be said.',
    hint: "Write readonly='yes' in <loader>.",
    at: os.nvram,
    ...(!isRefused && { when: 'start' }),
  })
}

/** Variables are one image that QEMU itself decrypts (oracle: 11.3, 12.8). */
function checkLayers({ format }: Nvram, { encryption, dataStore }: Source, context: Context, refuse: Refuse): void {
  const said = encryption && context.origins.nodeOf(encryption)?.attributes.some(({ name }) => name === 'engine')
  if (encryption && said === false) {
    const hint = "Add engine='qemu'."
    refuse('firmware/variables-encryption', 'Nothing says who decrypts the variables.', hint, encryption)
  } else if (encryption && encryption.engine !== 'librbd' && format === undefined) {
    const hint = "Add format='raw' to <nvram>."
    refuse('firmware/variables-encryption', 'Only raw and qcow2 are encrypted.', hint, encryption)
  }
  if (dataStore === undefined || context.definition.os.loader?.type !== 'pflash') return
  context.error({
    code: 'firmware/variables-data-store',
    message: 'The data of variables are not stored apart from their image.',
    hint: 'Remove <dataStore>.',
    at: dataStore,
    when: 'start',
  })
}

function checkFeatures({ definition: { os }, options, origins }: Context, refuse: Refuse): void {
  const { firmwareFeatures } = os
  if (firmwareFeatures === undefined) return
  const wanted = (name: string) => firmwareFeatures.feature.find((it) => it.name === name)
  if (wanted('enrolled-keys')?.enabled === true && wanted('secure-boot')?.enabled === false) {
    refuse(
      'firmware/keys-without-secure-boot',
      'Keys are of no use without Secure Boot.',
      'Enable secure-boot, or disable enrolled-keys.',
      wanted('enrolled-keys'),
    )
  }
  // An existing guest may have both: its firmware was found by its path.
  const chosen = origins.of(os, 'firmware')?.kind !== 'xml'
  if (options.abiUpdate && chosen && firmwareFeatures.feature.some((it) => origins.of(it)?.kind === 'xml')) {
    refuse(
      'firmware/features-without-choice',
      'The firmware is named by its path, so it cannot be chosen by features.',
      "Remove <firmware>, or write <os firmware='efi'> without a path.",
      firmwareFeatures,
    )
  }
}

function checkAcpi({ definition, machine, arch }: Context, refuse: Refuse): void {
  const { os, features } = definition
  const uefi = os.firmware === 'efi' || os.loader?.type === 'pflash'
  const acpi = features?.acpi === true
  if (machine.uefi === 'needs-acpi' && uefi && !acpi) {
    refuse('firmware/uefi-without-acpi', `UEFI needs ACPI on ${arch}.`, 'Add <acpi/> to <features>.')
  }
  if (machine.uefi === 'needed-by-acpi' && acpi && !uefi) {
    refuse('firmware/acpi-without-uefi', `ACPI needs UEFI on ${arch}.`, "Write <os firmware='efi'>.", features, 'acpi')
  }
}
