import type { Command } from '@commander-js/extra-typings'

/** Adds `requires`. */
export function registerRequires(program: Command): void {
  program
    .command('requires')
    .description('the oldest libvirt and QEMU that take a domain, and which line asks for them')
    .argument('<file>', 'domain XML; - is standard input')
    .option('--existing', 'the guest exists (otherwise: a new one)')
    .option('--json', 'print JSON')
    .action(async (file, { existing, json }) => {
      const { printRequirements } = await import('../actions/requires.ts')
      process.exitCode = await printRequirements(file, { existing: existing === true, json: json === true })
    })
}
