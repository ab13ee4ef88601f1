import { type Command, Option } from '@commander-js/extra-typings'
import { hasErrors } from '../../diagnostic/diagnostic.ts'
import { type ConvertFlags, convertFiles, reported } from '../convert-files.ts'
import { withCircumstances } from '../options.ts'
import { type JsonFinding, reportJson, reportText, wantsColour } from '../report.ts'
import { status } from '../status.ts'

interface ValidateFlags extends ConvertFlags {
  readonly format: 'text' | 'json'
  readonly defineOnly?: boolean | undefined
}

export function registerValidate(program: Command): void {
  withCircumstances(
    program
      .command('validate')
      .description('check domains: everything that libvirt or QEMU would refuse or ignore')
      .argument('<file...>', 'domain XML; - is standard input'),
  )
    .addOption(
      new Option('--format <format>', 'how to print findings')
        .choices(['text', 'json'] as const)
        .default('text' as const),
    )
    .option('--define-only', 'check the definition, not whether it could start')
    .action(async (files, flags) => {
      process.exitCode = await run(files, flags)
    })
}

async function run(files: readonly string[], flags: ValidateFlags): Promise<number> {
  let exit: number = status.fine
  const findings: JsonFinding[] = []
  for await (const file of convertFiles(files, flags, flags.defineOnly ? 'define' : 'check')) {
    if (hasErrors(file.diagnostics)) exit = status.errors
    if (flags.format === 'json') findings.push(...reportJson(reported(file)))
    else if (file.diagnostics.length > 0) {
      process.stderr.write(`${reportText(reported(file), wantsColour(process.stderr))}\n`)
    }
  }
  if (flags.format === 'json') process.stdout.write(`${JSON.stringify({ findings }, null, 2)}\n`)
  return exit
}
