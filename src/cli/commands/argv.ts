import { type Command, Option } from '@commander-js/extra-typings'
import { withCircumstances } from '../options.ts'

/** Adds `argv`. */
export function registerArgv(program: Command): void {
  withCircumstances(
    program
      .command('argv')
      .description('print the QEMU command line that libvirt would run')
      .argument('<file...>', 'domain XML; - is standard input'),
  )
    .addOption(
      new Option('--format <format>', 'how to print it')
        .choices(['shell', 'lines', 'json'] as const)
        .default('shell' as const),
    )
    .option(
      '--native',
      'as `virsh domxml-to-native` answers: nothing starts, cards are open taps, images are not looked into',
    )
    .option('--explain', 'say for each argument where it comes from (secrets are never shown)')
    .option('--redact', 'print secrets as ***')
    .option('--out-dir <folder>', 'write NAME.sh, NAME.args or NAME.json for each NAME.xml there')
    .option(
      '--diff <side>',
      'what changes from libvirt=VERSION, qemu=VERSION or both (a comma between) to what is asked for',
    )
    .option('--json', 'the same as --format json')
    .option('--stats', 'tell on standard error where the time went: milliseconds a stage, and counts')
    .action(async (files, { json, diff, ...given }) => {
      const flags = json ? { ...given, format: 'json' as const } : given
      if (diff === undefined) {
        const { printArgv } = await import('../actions/argv.ts')
        process.exitCode = await printArgv(files, flags)
      } else {
        const { argvDifference } = await import('../compare/argv-difference.ts')
        process.exitCode = await argvDifference(files, flags, diff, flags.format === 'json')
      }
    })
}
