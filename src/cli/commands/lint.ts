import { type Command, InvalidArgumentError, Option } from '@commander-js/extra-typings'
import { type Format, formats } from '../../lint/reporters/registry.ts'
import type { GivenSettings } from '../../lint/settings/resolve.ts'
import type { FailOn, RuleLevel } from '../../lint/settings/settings.ts'
import type { LintRun } from '../lint/lint-run.ts'
import { parseOutput, type WantedReport } from '../lint/outputs.ts'
import { withCircumstances } from '../options.ts'
import { UsageError } from '../status.ts'
import { processTerminal, type Terminal } from '../terminal.ts'

const description = 'check domains: everything that libvirt or QEMU would refuse or ignore'
const levels: readonly FailOn[] = ['error', 'warning', 'note', 'never']
const allWorkers = 64

const help = `
Files: a folder stands for all *.xml in it that git does not ignore; a pattern stands in quotes; - is standard input.
Wrappers (<domains>, <domainsnapshot>, <domstatus> …) are read through to the domains in them, a device alone is checked as for
attach-device, other XML (networks, pools, capabilities …) is counted and skipped.

Exit status:
  0  nothing as grave as --fail-on says (default: error) was found, or there was nothing to check
  1  something was; a finding that the baseline knows, or that a comment disables, does not count
  2  the command was called wrongly: an unknown option, no file at all, a broken configuration
  3  domxml itself failed

Examples:
  domxml lint guests/                                      # a folder
  domxml lint 'guests/**/*.xml' --libvirt 11.3 --qemu 10.0 # for a certain host
  domxml lint --format github --output sarif=out.sarif .   # in a pipeline
  domxml lint --fix --dry-run guest.xml                    # what would be mended, as a diff
  domxml lint --write-baseline --baseline domxml-baseline.json . # begin with what is there
  virsh dumpxml guest | domxml lint --stdin-filename guest.xml -`

/** Adds `lint`. */
export function registerLint(program: Command, terminal: Terminal = processTerminal): void {
  register(program, 'lint', 'out', terminal)
}

/** Adds `validate`, the older name: the same, but text goes to standard error, as it always did. */
export function registerValidate(program: Command, terminal: Terminal = processTerminal): void {
  register(program, 'validate', 'error', terminal)
}

function register(program: Command, name: string, reportTo: LintRun['reportTo'], terminal: Terminal): void {
  withCircumstances(
    program
      .command(name)
      .description(name === 'lint' ? description : `${description} (another name of lint)`)
      .argument('<path...>', 'files, folders, patterns; - is standard input'),
  )
    .addOption(new Option('--format <format>', 'how to print findings').choices(formats).default('text' as Format))
    .option('--output <format=file>', 'a report more, in a file; may be given several times', collect, [] as string[])
    .option('--config <file>', 'the configuration, instead of domxml.yaml, domxml.json or package.json above each file')
    .option('--no-config', 'no configuration at all')
    .option('--rule <code=level>', 'off, note, warning or error for a code or a room/*; several times', collect, [])
    .addOption(new Option('--fail-on <level>', 'the least grave finding that fails the run').choices(levels))
    .option('--require-reason', 'a comment that disables a finding must say why')
    .option('--define-only', 'check the definition, not whether it could start')
    .option('--baseline <file>', 'findings that are known: only new ones count')
    .option('--write-baseline', 'make all findings known, in the file of --baseline')
    .option('--fix', 'mend what is certain, in place (standard input: to standard output)')
    .option('--dry-run', 'with --fix: change nothing, print a diff')
    .option('--fleet', 'the files are guests of one host or network: find what clashes between them')
    .option('--stdin-filename <name>', 'the name of standard input in reports and for the configuration', '<stdin>')
    .option('--allow-empty', 'a folder or pattern without files is no mistake')
    .option('-q, --quiet', 'no summary, no progress')
    .addOption(new Option('--timeout <seconds>', 'how long a file may take').argParser(positive).default(20))
    .addOption(
      new Option('--workers <number>', 'how many threads beside the first at most')
        .argParser(whole)
        .default(allWorkers),
    )
    .addHelpText('after', help)
    .action(async (paths, flags) => {
      if (flags.dryRun && !flags.fix) throw new UsageError('--dry-run goes with --fix')
      if (flags.writeBaseline && flags.baseline === undefined) {
        throw new UsageError('--write-baseline needs --baseline FILE')
      }
      if (paths.filter((path) => path === '-').length > 1) throw new UsageError('standard input can be read only once')
      const { lint } = await import('../lint/run.ts')
      const exit = await lint(
        {
          paths,
          given: given(flags),
          config: flags.config,
          format: flags.format,
          outputs: (flags.output as string[]).map(parseOutput) satisfies WantedReport[],
          stdinFilename: flags.stdinFilename,
          baseline: flags.baseline,
          writeBaseline: flags.writeBaseline === true,
          fix: flags.fix === true,
          dryRun: flags.dryRun === true,
          fleet: flags.fleet,
          quiet: flags.quiet === true,
          allowEmpty: flags.allowEmpty === true,
          timeout: flags.timeout,
          workers: flags.workers,
          reportTo,
        },
        terminal,
      )
      terminal.end(exit)
    })
}

interface Given extends Omit<GivenSettings, 'rules'> {
  readonly rule?: readonly string[]
}

/** What the command line says; absent where it says nothing, so that the configuration counts. */
function given(flags: Given): GivenSettings {
  const { libvirt, qemu, capabilities, host, hostCpu, strictHost, defineOnly, existing } = flags
  const { strict, requireReason, failOn, rule = [] } = flags
  return {
    ...{ libvirt, qemu, capabilities, host, hostCpu, strictHost, defineOnly, existing },
    ...{ strict, requireReason, failOn, rules: rule.map(ruleLevel) },
  }
}

const ruleLevels: readonly RuleLevel[] = ['off', 'note', 'warning', 'error']

function ruleLevel(text: string): readonly [string, RuleLevel] {
  const [code = '', said] = text.split('=')
  const level = ruleLevels.find((it) => it === said)
  if (level === undefined || code === '') {
    throw new UsageError(`--rule ${text}: write CODE=LEVEL, with ${ruleLevels.join(', ')}`)
  }
  return [code, level]
}

function collect(value: string, before: string[]): string[] {
  return [...before, value]
}

function positive(raw: string): number {
  const value = Number(raw)
  if (!(value > 0 && value <= 3600)) throw new InvalidArgumentError('It is a number of seconds, at most 3600.')
  return value
}

function whole(raw: string): number {
  if (!/^\d{1,3}$/.test(raw)) throw new InvalidArgumentError('It is a whole number.')
  return Number(raw)
}
