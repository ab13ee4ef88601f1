import type { Command } from '@commander-js/extra-typings'
import { UsageError } from '../status.ts'
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
      const { record } = await import('../actions/host.ts')
      await record({ output, root, images, secrets, redact }, terminal)
    })
  host
    .command('diff')
    .description('what differs between two host files; status 1 where anything does')
    .argument('<before>', 'a host file')
    .argument('<after>', 'another')
    .action(async (before, after) => {
      const { diff } = await import('../actions/host.ts')
      diff(before, after, terminal)
    })
}
