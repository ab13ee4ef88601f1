import { type From, of } from '../../../argv/piece.ts'
import type { Context } from '../../../context/context.ts'
import { systemConfig } from '../../../host/defaults.ts'
import type { LaunchBuilder } from '../../../launch/builder.ts'
import { defaultRule } from '../../../origin/origin.ts'
import type { Nvram } from './element.ts'

const what = "the firmware's variables"

/** The firmware's file, and its variables: made from the template at the first start, and kept. */
export function launchFirmware(context: Context, plan: LaunchBuilder): void {
  const { loader, nvram, varstore } = context.definition.os
  // A BIOS without a folder is one of QEMU's own.
  if (loader?.value?.includes('/')) plan.readable(loader.value, 'the firmware', of(loader, 'value'))
  if (nvram !== undefined && loader?.type === 'pflash') makeVariables(fileOf(nvram), nvram, plan)
  if (varstore !== undefined && loader?.type === 'rom') {
    makeVariables({ path: varstore.path, from: of(varstore, 'path') }, varstore, plan)
  }
}

function makeVariables(
  file: { readonly path: string | undefined; readonly from: From },
  made: { readonly template: string | undefined },
  plan: LaunchBuilder,
): void {
  if (file.path === undefined) return
  if (made.template === undefined) {
    plan.writable(file.path, what, file.from, 'Name in template the file that it is made from.')
    return
  }
  if (file.path.startsWith(`${plan.wish.state}/`)) plan.folder(parentOf(file.path), what, file.from, true)
  else plan.placeFor(file.path, what, file.from)
  plan.file(file.path, { kind: 'copy', of: made.template }, what, of(made, 'template'), true)
}

function fileOf(nvram: Nvram) {
  if (nvram.type === undefined) return { path: nvram.value, from: of(nvram, 'value') }
  if (nvram.type === 'file' && nvram.source) return { path: nvram.source.file, from: of(nvram.source, 'file') }
  return { path: undefined, from: of(nvram, 'type') }
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)
const parentOf = (path: string) => path.slice(0, path.lastIndexOf('/'))

/**
 * libvirt writes the path that it chose into the definition. Without libvirt that folder is not ours: the variables lie
 * under the same name in the user's own.
 */
export function moveVariables(context: Context): void {
  const { nvram, varstore } = context.definition.os
  const { nvramDir, varstoreDir } = context.host.config
  if (context.options.launch === undefined) return
  if (varstore?.path !== undefined && parentOf(varstore.path) === systemConfig.varstoreDir) {
    context.set(varstore, 'path', `${varstoreDir}/${nameOf(varstore.path)}`, defaultRule('firmware/own-variables'))
  }
  if (nvram === undefined) return
  const { path } = fileOf(nvram)
  if (path === undefined || parentOf(path) !== systemConfig.nvramDir) return
  const own = `${nvramDir}/${nameOf(path)}`
  const reason = defaultRule('firmware/own-variables')
  if (nvram.type === undefined) context.set(nvram, 'value', own, reason)
  else if (nvram.type === 'file' && nvram.source) context.set(nvram.source, 'file', own, reason)
}
