import { writeFileSync } from 'node:fs'
import { machine } from 'node:os'
import { hasErrors } from '../../diagnostic/diagnostic.ts'
import { diffHosts } from '../../host/diff.ts'
import { recordHost } from '../../host/record/index.ts'
import { treeReader } from '../../host/record/reader.ts'
import { redactHost } from '../../host/redact.ts'
import { hostFileText } from '../host-file.ts'
import { imagePaths } from '../image-paths.ts'
import { jsonText } from '../json-text.ts'
import { reportText } from '../report.ts'
import { status, UsageError } from '../status.ts'
import type { Terminal } from '../terminal.ts'

interface RecordFlags {
  readonly output?: string | undefined
  readonly root: string
  readonly images?: readonly string[] | undefined
  readonly secrets: boolean
  readonly redact: boolean
}

/** What `host record` does: the host file of a machine to standard output or a file. */
export async function record({ output, root, images, secrets, redact }: RecordFlags, terminal: Terminal) {
  const paths = await imagePaths(images ?? [])
  const { facts, diagnostics } = recordHost(treeReader(root), machine(), { secrets, images: paths })
  terminal.error(reportText({ name: root, text: '', diagnostics, secrets: [] }, terminal.colourError))
  const text = jsonText(redact ? redactHost(facts) : facts)
  if (output === undefined) terminal.out(text)
  else writeOutput(output, text, secrets)
  if (hasErrors(diagnostics)) terminal.end(status.errors)
}

/** What `host diff` does. */
export function diff(before: string, after: string, terminal: Terminal): void {
  const lines = diffHosts(hostFileText(before, terminal), hostFileText(after, terminal))
  for (const line of lines) terminal.out(`${line}\n`)
  if (lines.length > 0) terminal.end(status.errors)
}

/** A file with secrets is for its owner alone. */
function writeOutput(file: string, text: string, secret: boolean): void {
  try {
    writeFileSync(file, text, secret ? { mode: 0o600 } : {})
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : 'cannot be written'}`)
  }
}
