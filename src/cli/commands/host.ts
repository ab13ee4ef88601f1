import { writeFileSync } from 'node:fs'
import { machine } from 'node:os'
import type { Command } from '@commander-js/extra-typings'
import { hasErrors } from '../../diagnostic/diagnostic.ts'
import { diffHosts } from '../../host/diff.ts'
import { recordHost } from '../../host/record/index.ts'
import { treeReader } from '../../host/record/reader.ts'
import { redactHost } from '../../host/redact.ts'
import { hostFileText } from '../host-file.ts'
import { imagePaths } from '../image-paths.ts'
import { reportText } from '../report.ts'
import { status, UsageError } from '../status.ts'
import { processTerminal, type Terminal } from '../terminal.ts'

/** Adds `host record` and `host diff`. */
export function registerHost(program: Command, terminal: Terminal = processTerminal): void {
  const host = program.command('host').description('hosts as files')
  host
    .command('record')
    .description('record this machine as a host file: all that libvirt would ask it for at a start')
    .option('-o, --output <file>', 'where to write it (default: standard output)')
    .option('--root <folder>', 'the file system of the machine to record', '/')
    .option('--images <domain...>', 'read the headers of the images of these domains, and of all below them')
    .option('--secrets', "write down the values of libvirt's secrets and passwords")
    .option('--redact', 'for bug reports: without serial numbers, MACs, names and addresses')
    .action(async ({ output, root, images, secrets = false, redact = false }) => {
      if (secrets && redact) throw new UsageError('--secrets and --redact exclude each other')
      const paths = await imagePaths(images ?? [])
      const { facts, diagnostics } = recordHost(treeReader(root), machine(), { secrets, images: paths })
      terminal.error(reportText({ name: root, text: '', diagnostics, secrets: [] }, terminal.colourError))
      const text = `${JSON.stringify(redact ? redactHost(facts) : facts, null, 2)}\n`
      if (output === undefined) terminal.out(text)
      else writeOutput(output, text, secrets)
      if (hasErrors(diagnostics)) terminal.end(status.errors)
    })
  host
    .command('diff')
    .description('what differs between two host files; status 1 where anything does')
    .argument('<before>', 'a host file')
    .argument('<after>', 'another')
    .action((before, after) => {
      const lines = diffHosts(hostFileText(before, terminal), hostFileText(after, terminal))
      for (const line of lines) terminal.out(`${line}\n`)
      if (lines.length > 0) terminal.end(status.errors)
    })
}

/** A file with secrets is for its owner alone. */
function writeOutput(file: string, text: string, secret: boolean): void {
  try {
    writeFileSync(file, text, secret ? { mode: 0o600 } : {})
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : 'cannot be written'}`)
  }
}
