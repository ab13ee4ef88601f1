import { type Command, InvalidArgumentError, Option } from '@commander-js/extra-typings'
import { evidence } from '../release/choose.ts'

function domainId(raw: string): number {
  const id = /^-?\d{1,10}$/.test(raw) ? Number(raw) : Number.NaN
  // libvirt counts in 32 bits; -1 is a domain that does not run.
  if (!(id >= -1 && id <= 0x7fffffff)) throw new InvalidArgumentError('It is a whole number from -1 to 2147483647.')
  return id
}

/** The options of every command that converts. */
export function withCircumstances<Args extends unknown[], Opts extends Record<string, unknown>>(
  command: Command<Args, Opts>,
) {
  return command
    .option(
      '--libvirt <version>',
      `the libvirt that answers: ${evidence.join(', ')}, or one between (default: the newest)`,
    )
    .option('--qemu <version>', 'built-in capability table: 8.2.0, 8.2 or latest')
    .option('--capabilities <file>', "capability table from a file: domxml's own, or libvirt's XML")
    .option('--host <file>', 'facts of the host: JSON of `domxml host record`, or debian13, fedora, generic')
    .option('--host-cpu <model>', "the host's CPU by libvirt's name, e.g. Skylake-Server-IBRS")
    .option('--strict-host', 'what would be assumed of the host is an error')
    .option('--existing', 'the guest exists: defaults that are new must not change what it sees (otherwise: a new one)')
    .option('--strict', 'what libvirt would silently ignore is an error')
    .addOption(new Option('--id <number>', "the domain's number in paths").argParser(domainId))
}
