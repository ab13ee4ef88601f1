import type { Command } from '@commander-js/extra-typings'
import { withLaunch } from '../run/options.ts'

/** Adds `script`: prints a shell script that starts a domain without libvirt. */
export function registerScript(program: Command): void {
  withLaunch(
    program
      .command('script')
      .description('print a POSIX shell script that starts a domain without libvirt')
      .argument('<file>', 'domain XML; - is standard input'),
  ).action(async (file, flags) => {
    const { scriptCommand } = await import('../run/script-command.ts')
    process.exitCode = await scriptCommand(file, flags)
  })
}
