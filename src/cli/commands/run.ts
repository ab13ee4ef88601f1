import { type Command, Option } from '@commander-js/extra-typings'
import { withLaunch } from '../run/options.ts'

/** Adds `run`: starts a domain without libvirt and stays with it. */
export function registerRun(program: Command): void {
  withLaunch(
    program
      .command('run')
      .description('start a domain without libvirt, stay with it, and leave nothing behind')
      .argument('<file>', 'domain XML; - is standard input'),
  )
    .option('--console', 'attach the terminal to the serial console; Ctrl-] powers the guest down')
    .option('--dry-run', 'print the plan, start nothing')
    .addOption(
      new Option('--format <format>', 'how --dry-run prints')
        .choices(['text', 'json'] as const)
        .default('text' as const),
    )
    .action(async (file, flags) => {
      const { runCommand } = await import('../run/run-command.ts')
      process.exitCode = await runCommand(file, flags)
    })
}
