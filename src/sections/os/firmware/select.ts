import type { Context } from '../../../context/context.ts'
import { startKey } from '../../../context/start.ts'
import type { DomainRule } from '../../../context/unit.ts'
import { defaultRule, hostFact } from '../../../origin/origin.ts'
import { dated } from '../../../release/dated.ts'
import { isLocal, isUnplaced, keepsItself, type Nvram, nvram } from './element.ts'
import { enable, setOnce, setTemplateFormat } from './enable.ts'
import { askFirmware, matchingFirmware, type Wish } from './match.ts'
import { placeStore } from './varstore.ts'

/** No firmware of the host fits what the domain asks for. */
const notFound = startKey<true>('firmware/not-found')
const nothing = { value: undefined, origin: undefined } as const
const nvramPath = defaultRule('firmware/nvram-path')
const rawFormat = defaultRule('firmware/format')

/** Whether a firmware that is loaded as memory is looked up by its path, as one in flash is (oracle: 11.3, 12.8). */
const looksUpRoms = dated(false, ['12.8', true])

/** What kind of firmware is wanted; undefined where none is to be looked for. */
function wishOf({ definition: { os }, options, plan }: Context): Wish | undefined {
  const { firmware, loader: given, nvram: variables } = os
  if (firmware === undefined) {
    if (given?.value === undefined) return undefined
    if (given.type !== 'pflash' && !(given.type === 'rom' && plan.at(looksUpRoms))) return undefined
    return { interfaceType: 'uefi', format: given.format ?? 'raw' }
  }
  // An existing guest was chosen a raw firmware when there was nothing else.
  const old = !options.abiUpdate && variables?.format === undefined
  const format = given?.format ?? (old ? 'raw' : undefined)
  return { interfaceType: firmware === 'efi' ? 'uefi' : 'bios', format }
}

/** What is said of a file that is a BIOS for want of a type (asked of libvirt 11.3; with type='rom' nothing is said). */
const untypedFormat = dated<'raw' | undefined>(undefined, ['11.3', 'raw'])

/** Fills the loader, its variables and features from a firmware descriptor of the host. */
export const firmwareSelection: DomainRule = {
  name: 'firmware/select',
  doc: 'Loader, its format and NVRAM of the first firmware descriptor that has what is asked for.',
  apply: (context) => {
    const { os } = context.definition
    const wish = wishOf(context)
    if (os.loader?.value !== undefined && os.loader.type === undefined && os.firmware === undefined) {
      context.set(os.loader, 'type', 'rom', defaultRule('firmware/loader-type'))
      const format = context.plan.at(untypedFormat)
      if (os.loader.format === undefined && format) context.set(os.loader, 'format', format, rawFormat)
    }
    if (os.firmware === undefined) {
      // The guest names its firmware: a descriptor only tells more of it.
      const known = wish && matchingFirmware(wish, context)
      const { value, origin } = known ? askFirmware(known, wish, context) : nothing
      if (value) enable(value, origin, context)
      else fillFromConfig(context)
    } else if (wish !== undefined) {
      const { standing, value, origin } = askFirmware(matchingFirmware(wish, context), wish, context)
      if (standing === 'absent') context.start.set(notFound, os, true)
      if (value === undefined) return
      enable(value, origin, context)
    }
    fillFormats(context)
    ensureNvram(context)
    placeStore(context)
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

/** The driver's configuration pairs some firmware files with a template of their variables. */
function fillFromConfig(context: Context): void {
  const { os } = context.definition
  if (os.loader?.type !== 'pflash' || os.loader.readonly !== true || os.loader.stateless === true) return
  const template = context.host.config.firmwares.find(([code]) => code === os.loader?.value)?.[1]
  if (template === undefined || !isLocal(os.nvram)) return
  const reason = hostFact("pairs of firmware of libvirt's configuration")
  if (os.nvram === undefined) context.set(os, 'nvram', nvram.create({}), reason)
  setOnce(os.nvram!, 'template', template, reason, context)
  if (os.nvram!.template === template) setTemplateFormat('raw', reason, context)
}

/**
 * What the format of a template decides: 11.3 gives the variables that format, whatever is said of them; 12.8 where nothing
 * is said (oracle: 11.3, 12.8).
 */
const templateDecides = dated<'nothing' | 'alone' | 'where unsaid'>(
  'nothing',
  ['11.3', 'alone'],
  ['12.8', 'where unsaid'],
)

/** A template is of the format that is said of it, else of the firmware's. */
function fillFormats(context: Context): void {
  const { loader, nvram: target } = context.definition.os
  const how = context.plan.at(templateDecides)
  if (how === 'nothing' || loader === undefined || target?.template === undefined) return
  const known = target.templateFormat ?? loader.format ?? 'raw'
  if (how === 'where unsaid') setTemplateFormat(known, rawFormat, context)
  if (loader.type !== 'pflash' || keepsItself(context.definition.os)) return
  if (target.format === undefined || (how === 'alone' && target.format !== known)) {
    context.set(target, 'format', known, rawFormat)
  }
}

/** The variables of a guest have a file of their own, named after it. */
function ensureNvram(context: Context): void {
  const { os, name } = context.definition
  const { loader: code } = os
  if (code?.type !== 'pflash' || code.readonly !== true || code.stateless === true) return
  if (os.nvram !== undefined && !isUnplaced(os.nvram)) return
  if (os.nvram === undefined) context.set(os, 'nvram', nvram.create({}), nvramPath)
  const target = os.nvram!
  const path = `${context.host.config.nvramDir}/${name}_VARS${extensionOf(target, context)}`
  if (target.type === 'file' && target.source) context.set(target.source, 'file', path, nvramPath)
  else context.set(target, 'value', path, nvramPath)
}

/** Whether the file of the variables ends like its template; else by its format (oracle: 11.3, 12.8). */
const endsLikeTemplate = dated(true, ['11.3', false])

/** An existing guest has `.fd` where the file is raw, a new one as well but for a template that ends in `.raw`. */
function extensionOf({ template, format = 'raw' }: Nvram, { options, plan }: Context): string {
  const dot = /\.[^./]+$/.exec(template ?? '')?.[0]
  if (plan.at(endsLikeTemplate)) return dot !== undefined && (options.abiUpdate || format !== 'raw') ? dot : '.fd'
  if (format !== 'raw') return `.${format}`
  return options.abiUpdate && dot === '.raw' ? dot : '.fd'
}

/** What a definition says of raw files: nothing in older releases, the format since libvirt 11.3. */
export const firmwareFormats: readonly DomainRule[] = [
  {
    name: 'firmware/format',
    doc: 'A raw file is not said to be raw.',
    until: '11.3',
    apply: (context) => {
      for (const it of filesOf(context)) if (it.format === 'raw') context.set(it, 'format', undefined, rawFormat)
    },
  },
  {
    name: 'firmware/format',
    doc: 'A file of which no format is known is raw.',
    since: '11.3',
    apply: (context) => {
      for (const it of flashesOf(context)) if (it.format === undefined) context.set(it, 'format', 'raw', rawFormat)
    },
  },
  {
    name: 'firmware/format',
    doc: 'A ROM is raw.',
    since: '12.8',
    apply: (context) => {
      const { loader } = context.definition.os
      if (loader?.type === 'rom' && loader.format === undefined) context.set(loader, 'format', 'raw', rawFormat)
    },
  },
]

function filesOf({ definition: { os } }: Context) {
  return [os.loader, os.nvram].filter((it) => it !== undefined)
}

/** Files that QEMU opens as images; a BIOS is a plain file, and has no variables. */
function flashesOf(context: Context) {
  const { loader, nvram: variables } = context.definition.os
  if (loader?.type === 'rom') return []
  return filesOf(context).filter((it) => it !== variables || !keepsItself(context.definition.os))
}
