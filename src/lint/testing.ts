import { chooseBuild, loadBuiltin } from '../capabilities/builtin.ts'
import { genericHost } from '../host/generic.ts'
import { conclude, type LintedFile } from './conclude.ts'
import { type InspectOptions, inspect } from './inspect.ts'
import { defaultSettings, type Settings } from './settings/settings.ts'

const target: InspectOptions['target'] = async (arch) => {
  const { build } = chooseBuild(arch)
  if (build === undefined) return `nothing is known of ${arch}`
  return { capabilities: await loadBuiltin(build), host: genericHost(arch), notes: [], purpose: 'check' }
}

export const options = (name = 'guest.xml'): InspectOptions => ({ name, target })

/** Lints a text as it would be in a file. That its host is not described is no news here. */
export async function lintText(text: string, settings: Partial<Settings> = {}, name?: string): Promise<LintedFile> {
  const rules = [['host/assumed', 'off'] as const, ...(settings.rules ?? [])]
  return conclude(await inspect(text, options(name)), { ...defaultSettings, ...settings, rules })
}

/** `line code` of each finding. */
export async function told(text: string, settings: Partial<Settings> = {}): Promise<string[]> {
  const { findings } = await lintText(text, settings)
  return findings.map(({ place, code }) => `${place?.line ?? '-'} ${code}`)
}

/** A guest with nothing to say about; what is given stands in its place. */
export function guest({ devices = '', top = '', before = '' } = {}): string {
  return `${before}<domain type='qemu'>
  <name>guest</name>
  <memory unit='MiB'>512</memory>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
${top}  <devices>
${devices}  </devices>
</domain>
`
}
