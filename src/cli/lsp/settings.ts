import { resolve } from 'node:path'
import { isBuiltinHost } from '../../host/builtin/index.ts'
import type { Circumstance } from '../../lint/settings/settings.ts'
import type { FormatStyle } from '../../lsp/format.ts'

/** What an editor may set under `domxml`; paths are relative to the folder that is open. */
export interface EditorSettings extends Circumstance {
  readonly format: FormatStyle
}

const styles: readonly string[] = ['layout', 'as-is', 'complete'] satisfies FormatStyle[]

/** Reads what an editor sent; what is no setting, or empty, counts as not set. */
export function readSettings(given: unknown, folder: string | undefined): EditorSettings {
  const fields = (typeof given === 'object' && given !== null ? given : {}) as { readonly [key: string]: unknown }
  const word = (key: string) => {
    const value = fields[key]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const path = (key: string) => {
    const value = word(key)
    return value === undefined || folder === undefined ? value : resolve(folder, value)
  }
  const format = word('format')
  const host = word('host')
  return {
    libvirt: word('libvirt'),
    qemu: word('qemu'),
    capabilities: path('capabilities'),
    host: host !== undefined && isBuiltinHost(host) ? host : path('host'),
    hostCpu: word('hostCpu'),
    // Not set where false: the project's configuration may say otherwise.
    existing: fields.existing === true ? true : undefined,
    format: format !== undefined && styles.includes(format) ? (format as FormatStyle) : 'as-is',
  }
}

export function circumstanceOf({ format: _, ...circumstance }: EditorSettings): Circumstance {
  return circumstance
}
