import { machine } from 'node:os'
import type { HostFacts } from '../host/facts.ts'
import { hostFromLayers } from '../host/load.ts'
import { readHost } from '../host/read.ts'
import { recordHost } from '../host/record/index.ts'
import { treeReader } from '../host/record/reader.ts'
import { readText } from './read-up-to.ts'
import { reportText } from './report.ts'
import { UsageError } from './status.ts'
import type { Terminal } from './terminal.ts'

/** The facts of the host in a file, or of this machine where none is named. */
export function hostFacts(file: string | undefined, terminal: Terminal): HostFacts {
  if (file === undefined) {
    const { facts, diagnostics } = recordHost(treeReader('/'), machine())
    terminal.error(reportText({ name: 'this machine', text: '', diagnostics, secrets: [] }, terminal.colourError))
    return hostFromLayers([{ file: facts, standing: 'described' }], machine()).host
  }
  const text = textOf(file)
  const { host, diagnostics } = readHost(text, machine())
  const told = reportText({ name: file, text, diagnostics, secrets: [] }, terminal.colourError)
  if (host === undefined) throw new UsageError(told)
  terminal.error(told)
  return host
}

/** The text of a host file that can be used; says what is wrong with it. */
export function hostFileText(file: string, terminal: Terminal): string {
  const text = textOf(file)
  const { host, diagnostics } = readHost(text, machine())
  const told = reportText({ name: file, text, diagnostics, secrets: [] }, terminal.colourError)
  if (host === undefined) throw new UsageError(told)
  return text
}

function textOf(file: string): string {
  try {
    return readText(file)
  } catch {
    throw new UsageError(`${file}: the host file cannot be read`)
  }
}
