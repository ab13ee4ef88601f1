import type { Context } from '../../../context/context.ts'
import type { Firmware } from '../../../host/descriptors.ts'
import type { Origin } from '../../../origin/origin.ts'
import { dated } from '../../../release/dated.ts'
import { featureNames, firmwareFeatures, isLocal, loader, nvram } from './element.ts'
import { enableStore } from './varstore.ts'

export function setOnce<T extends object, K extends keyof T & string>(
  owner: T,
  field: K,
  value: T[K],
  reason: Origin,
  context: Context,
): void {
  if (owner[field] === undefined) context.set(owner, field, value, reason)
}

/** Writes what a firmware is into the definition: loader, variables, features. What the user wrote stays. */
export function enable(firmware: Firmware, chosen: Origin, context: Context): void {
  const { os } = context.definition
  const { mapping } = firmware
  if (os.loader === undefined) context.set(os, 'loader', loader.create({}), chosen)
  const target = os.loader!
  if (mapping.device === 'memory') {
    setOnce(os, 'firmware', 'efi', chosen, context)
    setOnce(target, 'type', 'rom', chosen, context)
    // What is asked of the format is for flash (oracle: 12.8).
    if (target.format !== 'raw') context.set(target, 'format', 'raw', chosen)
    setOnce(target, 'value', mapping.filename, chosen, context)
    enableStore(firmware, chosen, context)
  } else {
    setOnce(os, 'firmware', 'efi', chosen, context)
    setOnce(target, 'type', 'pflash', chosen, context)
    setOnce(target, 'readonly', true, chosen, context)
    setOnce(target, 'format', mapping.executable?.format as 'raw' | 'qcow2', chosen, context)
    setOnce(target, 'value', mapping.executable?.filename, chosen, context)
    enableVariables(mapping['nvram-template'], chosen, context)
  }
  if (firmware.features.includes('requires-smm')) enableSecureBoot(chosen, context)
  nameFeatures(firmware, chosen, context)
}

function enableVariables(template: Firmware['mapping']['nvram-template'], chosen: Origin, context: Context): void {
  const { os } = context.definition
  if (template === undefined) return
  if (!isLocal(os.nvram)) {
    forgetTemplate(chosen, context)
    return
  }
  if (os.nvram === undefined) context.set(os, 'nvram', nvram.create({}), chosen)
  const format = template.format as 'raw' | 'qcow2'
  setOnce(os.nvram!, 'template', template.filename, chosen, context)
  if (os.nvram!.template === template.filename) setTemplateFormat(format, chosen, context)
  setOnce(os.nvram!, 'format', format, chosen, context)
}

/** Variables on another machine are there, and made from nothing (oracle: 11.3, 12.8). */
function forgetTemplate(chosen: Origin, context: Context): void {
  const { nvram: target } = context.definition.os
  if (target === undefined) return
  for (const field of ['template', 'templateFormat'] as const) {
    if (target[field] !== undefined) context.set(target, field, undefined, chosen)
  }
}

/** Whether a definition says the format of the template. */
const saysTemplateFormat = dated(false, ['10.10', true])

export function setTemplateFormat(format: 'raw' | 'qcow2', reason: Origin, context: Context): void {
  const { nvram: target } = context.definition.os
  if (target && context.plan.at(saysTemplateFormat)) setOnce(target, 'templateFormat', format, reason, context)
}

function enableSecureBoot(chosen: Origin, context: Context): void {
  const { definition } = context
  setOnce(definition.os.loader!, 'secure', true, chosen, context)
  setOnce(definition, 'features', context.createSection('features'), chosen, context)
  const target = definition.features!
  if (target.smm === undefined) context.set(target, 'smm', { state: true, tseg: undefined }, chosen)
}

/** Says which features the choice has. Variables on another machine may hold any keys. */
function nameFeatures(firmware: Firmware, chosen: Origin, context: Context): void {
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
