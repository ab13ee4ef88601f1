import type { Context } from '../../../context/context.ts'
import { startKey } from '../../../context/start.ts'
import type { DomainRule } from '../../../context/unit.ts'
import { features } from '../../../definition.ts'
import type { Firmware } from '../../../host/descriptors.ts'
import { defaultRule, hostFact, type Origin } from '../../../origin/origin.ts'
import { featureNames, firmwareFeatures, isLocal, isUnplaced, loader, nvram } from './element.ts'
import { matchingFirmware, type Wish } from './match.ts'

const chosen = hostFact('firmware descriptors')
/** No firmware of the host fits what the domain asks for. */
const notFound = startKey<true>('firmware/not-found')
const nvramPath = defaultRule('firmware/nvram-path')

/** What kind of firmware is wanted; undefined where none is to be looked for. */
function wishOf({ definition: { os }, options }: Context): Wish | undefined {
  const { firmware, loader: given, nvram: variables } = os
  if (firmware === undefined) {
    if (given?.type !== 'pflash' || given.value === undefined) return undefined
    return { interfaceType: 'uefi', format: given.format ?? 'raw' }
  }
  // An existing guest was chosen a raw firmware when there was nothing else.
  const old = !options.abiUpdate && variables?.format === undefined
  const format = given?.format ?? (old ? 'raw' : undefined)
  return { interfaceType: firmware === 'efi' ? 'uefi' : 'bios', format }
}

/** Fills the loader, its variables and features from a firmware descriptor of the host. */
export const firmwareSelection: DomainRule = {
  name: 'firmware/select',
  apply: (context) => {
    const { os } = context.definition
    if (os.loader?.value !== undefined && os.loader.type === undefined && os.firmware === undefined) {
      context.set(os.loader, 'type', 'rom', defaultRule('firmware/loader-type'))
    }
    const wish = wishOf(context)
    const found = wish && matchingFirmware(wish, context)
    if (found) enable(found, context)
    else if (os.firmware !== undefined) {
      context.start.set(notFound, os, true)
      return
    } else fillFromConfig(context)
    ensureNvram(context)
  },
}

/** Said after all else that is wrong with the firmware: that may be the reason. */
export function checkFound(context: Context): void {
  const { os } = context.definition
  if (!context.start.get(notFound, os)) return
  context.error({
    code: 'firmware/none-fits',
    message: `No ${os.firmware === 'efi' ? 'UEFI' : 'BIOS'} firmware of this host fits the guest.`,
    hint: 'Loosen what the domain asks for, or add a firmware descriptor to the host.',
    at: os,
    field: 'firmware',
    ...(!context.options.abiUpdate && { when: 'start' as const }),
  })
}

function setOnce<T extends object, K extends keyof T & string>(
  owner: T,
  field: K,
  value: T[K],
  reason: Origin,
  context: Context,
): void {
  if (owner[field] === undefined) context.set(owner, field, value, reason)
}

function enable(firmware: Firmware, context: Context): void {
  const { os } = context.definition
  const { mapping } = firmware
  if (os.loader === undefined) context.set(os, 'loader', loader.create({}), chosen)
  const target = os.loader!
  if (mapping.device === 'memory') {
    setOnce(target, 'type', 'rom', chosen, context)
    setOnce(target, 'value', mapping.filename, chosen, context)
  } else {
    setOnce(os, 'firmware', 'efi', chosen, context)
    setOnce(target, 'type', 'pflash', chosen, context)
    setOnce(target, 'readonly', true, chosen, context)
    setOnce(target, 'format', mapping.executable?.format as 'raw' | 'qcow2', chosen, context)
    setOnce(target, 'value', mapping.executable?.filename, chosen, context)
    enableVariables(mapping['nvram-template'], context)
  }
  if (firmware.features.includes('requires-smm')) enableSecureBoot(context)
  nameFeatures(firmware, context)
}

function enableVariables(template: Firmware['mapping']['nvram-template'], context: Context): void {
  const { os } = context.definition
  if (template === undefined || !isLocal(os.nvram)) return
  if (os.nvram === undefined) context.set(os, 'nvram', nvram.create({}), chosen)
  setOnce(os.nvram!, 'template', template.filename, chosen, context)
  setOnce(os.nvram!, 'format', template.format as 'raw' | 'qcow2', chosen, context)
}

function enableSecureBoot(context: Context): void {
  const { definition } = context
  setOnce(definition.os.loader!, 'secure', true, chosen, context)
  setOnce(definition, 'features', features.create({}), chosen, context)
  const target = definition.features!
  if (target.smm === undefined) context.set(target, 'smm', { state: true, tseg: undefined }, chosen)
}

/** Says which features the choice has. Variables on another machine may hold any keys. */
function nameFeatures(firmware: Firmware, context: Context): void {
  const { os } = context.definition
  const known = featureNames.filter((name) => name === 'secure-boot' || isLocal(os.nvram))
  const given = os.firmwareFeatures?.feature ?? []
  if (os.firmwareFeatures === undefined) context.set(os, 'firmwareFeatures', firmwareFeatures.create({}), chosen)
  const items = featureNames.flatMap((name) => {
    const own = given.find((it) => it.name === name)
    if (own) return [own]
    return known.includes(name) ? [context.made({ name, enabled: firmware.features.includes(name) }, chosen)] : []
  })
  context.replace(os.firmwareFeatures!.feature, items)
}

/** The driver's configuration pairs some firmware files with a template of their variables. */
function fillFromConfig(context: Context): void {
  const { os } = context.definition
  if (os.loader?.type !== 'pflash' || os.loader.readonly !== true || os.loader.stateless === true) return
  const template = context.host.config.firmwares.find(([code]) => code === os.loader?.value)?.[1]
  if (template === undefined || !isLocal(os.nvram)) return
  const reason = hostFact("pairs of firmware of libvirt's configuration")
  if (os.nvram === undefined) context.set(os, 'nvram', nvram.create({}), reason)
  setOnce(os.nvram!, 'template', template, reason, context)
}

/** The variables of a guest have a file of their own, named after it. */
function ensureNvram(context: Context): void {
  const { os, name } = context.definition
  const { loader: code } = os
  if (code?.type !== 'pflash' || code.readonly !== true || code.stateless === true) return
  if (os.nvram !== undefined && !isUnplaced(os.nvram)) return
  if (os.nvram === undefined) context.set(os, 'nvram', nvram.create({}), nvramPath)
  const target = os.nvram!
  const path = `${context.host.config.nvramDir}/${name}_VARS${extensionOf(target.template, target.format, context)}`
  if (target.type === 'file' && target.source) context.set(target.source, 'file', path, nvramPath)
  else context.set(target, 'value', path, nvramPath)
}

/** That of the template; an existing guest has `.fd` where the file is raw. */
function extensionOf(template: string | undefined, format: string | undefined, { options }: Context): string {
  const dot = /\.[^./]+$/.exec(template ?? '')?.[0]
  return dot !== undefined && (options.abiUpdate || (format ?? 'raw') !== 'raw') ? dot : '.fd'
}
