import type { Command } from '@commander-js/extra-typings'
import { withCircumstances } from '../options.ts'

/** Adds `format`. */
export function registerFormat(program: Command): void {
  withCircumstances(
    program
      .command('format')
      .description('print the complete definition: defaults filled, addresses assigned')
      .argument('<file...>', 'domain XML; - is standard input'),
  )
    .option('--as-is', 'only re-print, fill nothing')
    .option('--stats', 'tell on standard error where the time went: milliseconds a stage, and counts')
    .option('--redact', 'print secrets as ***')
    .option('--out-dir <folder>', 'write NAME.xml for each NAME.xml there, instead of one after another')
    .action(async (files, flags) => {
      const { printDefinitions } = await import('../actions/format.ts')
      process.exitCode = await printDefinitions(files, flags)
    })
}
