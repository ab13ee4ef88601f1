import { Argument, type Command, Option } from '@commander-js/extra-typings'
import { processTerminal, type Terminal } from '../terminal.ts'

const files = () => new Argument('<domain.xml...>', 'domains; - is standard input')
const host = () => new Option('--host <file>', 'the host, as domxml host record writes it (default: this machine)')
const format = () =>
  new Option('--format <format>', 'how to print').choices(['text', 'json'] as const).default('text' as const)
const outside = () =>
  new Option('--pf <address=driver>', 'what drives a PF outside of the domains: kernel, or @FILE with its token')
    .argParser<string[]>((value, previous) => [...previous, value])
    .default([] as string[])

/**
 * Adds `vfio check`, `vfio plan` and `vfio token new`.
 * @param makeToken given in tests; a fresh random UUID where absent
 */
export function registerVfio(program: Command, terminal: Terminal = processTerminal, makeToken?: () => string): void {
  const vfio = program.command('vfio').description('VF tokens: what the kernel will say, and fresh ones')

  vfio
    .command('check')
    .description('start the domains one after another on a recorded host, and tell what fails')
    .addArgument(files())
    .addOption(host())
    .option('--order <names>', 'names of the domains in starting order, separated by commas (default: PF owners first)')
    .addOption(outside())
    .addOption(format())
    .action(async (names, options) => {
      const { runPreflight } = await import('../vfio/preflight-command.ts')
      await runPreflight('check', names, options, terminal)
    })

  vfio
    .command('plan')
    .description('print an order in which all domains start, or why there is none')
    .addArgument(files())
    .addOption(host())
    .addOption(outside())
    .addOption(format())
    .action(async (names, options) => {
      const { runPreflight } = await import('../vfio/preflight-command.ts')
      await runPreflight('plan', names, options, terminal)
    })

  vfio
    .command('token')
    .description('tokens in domains')
    .command('new')
    .description('give a PF and all its VFs one fresh random token')
    .addArgument(files())
    .requiredOption('--pf <address>', 'the PF, e.g. 0000:03:00.0')
    .addOption(host())
    .option('--in-place', 'replace the files: all of them, or none')
    .addOption(format())
    .action(async (names, options) => {
      const { runTokenNew } = await import('../vfio/token-command.ts')
      await runTokenNew(names, options, terminal, makeToken)
    })
}
