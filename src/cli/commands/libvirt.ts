import type { Command } from '@commander-js/extra-typings'

/** Adds `libvirt diff`. */
export function registerLibvirt(program: Command): void {
  program
    .command('libvirt')
    .description('what releases of libvirt know')
    .command('diff')
    .description('what changed between two releases: vocabulary of the XML, and rules')
    .argument('<from>', 'the older release, e.g. 10.1')
    .argument('<to>', 'the newer one, e.g. 12.8')
    .option('--json', 'print JSON')
    .action(async (from, to, { json }) => {
      const { changesText } = await import('../actions/libvirt.ts')
      process.stdout.write(changesText(from, to, json === true))
    })
}
