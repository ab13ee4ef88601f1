import { readFileSync } from 'node:fs'
import { machine } from 'node:os'
import { defaultFacts } from '../host/defaults.ts'
import type { HostFacts } from '../host/facts.ts'
import { readHost } from '../host/read.ts'
import { recordHost } from '../host/record.ts'
import { treeReader } from '../host/record-reader.ts'
import { reportText } from './report.ts'
import { UsageError } from './status.ts'
import type { Terminal } from './terminal.ts'

/** The facts of the host in a file, or of this machine where none is named. */
export function hostFacts(file: string | undefined, terminal: Terminal): HostFacts {
  if (file === undefined) {
    const { facts, diagnostics } = recordHost(treeReader('/'), machine())
    terminal.error(reportText({ name: 'this machine', text: '', diagnostics, secrets: [] }, terminal.colourError))
    return { ...defaultFacts(machine()), ...facts }
  }
  const text = readText(file)
  const { host, diagnostics } = readHost(text, machine())
  const told = reportText({ name: file, text, diagnostics, secrets: [] }, terminal.colourError)
  if (host === undefined) throw new UsageError(told)
  terminal.error(told)
  return host
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new UsageError(`${file}: the host file cannot be read`)
  }
}
