import { chooseBuild, loadBuiltin } from '../../capabilities/builtin.ts'
import type { Arch, Capabilities } from '../../capabilities/capabilities.ts'
import { type Diagnostic, hasErrors } from '../../diagnostic/diagnostic.ts'
import { readText } from '../read-up-to.ts'
import { reportText } from '../report.ts'
import { UsageError } from '../status.ts'
import type { Terminal } from '../terminal.ts'
import { archNamed } from './arch-named.ts'

/** A table as named on the command line: a file, or a built-in build, `8.2.0` or `s390x:8.1.0` or `latest`. */
export async function tableNamed(terminal: Terminal, name: string, arch: Arch): Promise<Capabilities> {
  const built = /^(?:([a-z0-9_]+):)?((?:v?\d+(?:\.\d+){0,2}|latest)(?:\+[a-z]+)?)$/.exec(name)
  if (built === null) return tableOfFile(terminal, name)
  const [, prefix, version] = built
  return builtinTable(terminal, version, prefix === undefined ? arch : archNamed(prefix))
}

/** A built-in table; says on stderr where it is not the very version asked for. */
export async function builtinTable(terminal: Terminal, version: string | undefined, arch: Arch): Promise<Capabilities> {
  const { build, diagnostics } = chooseBuild(arch, version)
  if (build === undefined) throw new UsageError(diagnostics.map((it) => `${it.message} ${it.hint ?? ''}`).join('\n'))
  tell(terminal, 'built-in tables', '', diagnostics)
  return loadBuiltin(build)
}

export async function tableOfFile(terminal: Terminal, path: string): Promise<Capabilities> {
  let text: string
  try {
    text = readText(path)
  } catch {
    throw new UsageError(`${path}: cannot be read, and it is no version such as 8.2.0 either`)
  }
  const { loadCapabilities } = await import('../../capabilities/load.ts')
  const { capabilities, diagnostics } = loadCapabilities(text)
  if (capabilities === undefined || hasErrors(diagnostics)) {
    throw new UsageError(reportText({ name: path, text, diagnostics, secrets: [] }, terminal.colourError))
  }
  tell(terminal, path, text, diagnostics)
  return capabilities
}

/** Findings on stderr. */
export function tell(terminal: Terminal, name: string, text: string, diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.length === 0) return
  terminal.error(`${reportText({ name, text, diagnostics, secrets: [] }, terminal.colourError)}\n`)
}
