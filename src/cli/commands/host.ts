import { writeFileSync } from 'node:fs'
import { machine } from 'node:os'
import type { Command } from '@commander-js/extra-typings'
import { recordHost } from '../../host/record.ts'
import { treeReader } from '../../host/record-reader.ts'
import { reportText } from '../report.ts'
import { UsageError } from '../status.ts'
import { processTerminal, type Terminal } from '../terminal.ts'

/** Adds `host record`. */
export function registerHost(program: Command, terminal: Terminal = processTerminal): void {
  program
    .command('host')
    .description('hosts as files')
    .command('record')
    .description('record this machine as a host file: PCI devices, kernel, NUMA nodes, huge pages, processor')
    .option('-o, --output <file>', 'where to write it (default: standard output)')
    .option('--root <folder>', 'folder that holds the sys and proc to read', '/')
    .action(({ output, root }) => {
      const { facts, diagnostics } = recordHost(treeReader(root), machine())
      terminal.error(reportText({ name: root, text: '', diagnostics, secrets: [] }, terminal.colourError))
      const text = `${JSON.stringify(facts, null, 2)}\n`
      if (output === undefined) terminal.out(text)
      else writeOutput(output, text)
    })
}

function writeOutput(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : 'cannot be written'}`)
  }
}
