import { type Command, InvalidArgumentError, Option } from '@commander-js/extra-typings'
import type { Arch } from '../../capabilities/capabilities.ts'
import { archNamed } from '../capabilities/arch-named.ts'
import type { Part } from '../capabilities/show.ts'
import { jsonText } from '../json-text.ts'
import { UsageError } from '../status.ts'
import { processTerminal, type Terminal } from '../terminal.ts'

/** Adds `capabilities list`, `show`, `diff`, `probe` and `explain`. */
export function registerCapabilities(program: Command, terminal: Terminal = processTerminal): void {
  const command = program.command('capabilities').description('what QEMU builds can do: tables of capabilities')
  registerList(command as Command, terminal)
  registerShow(command as Command, terminal)
  registerDiff(command as Command, terminal)
  registerProbe(command as Command, terminal)
  registerExplain(command as Command, terminal)
}

function registerList(command: Command, terminal: Terminal): void {
  command
    .command('list')
    .description('list the built-in tables')
    .option('--json', 'print JSON')
    .action(async ({ json }) => {
      const { listData, listText } = await import('../capabilities/list.ts')
      print(terminal, json ? listData() : listText())
    })
}

function registerShow(command: Command, terminal: Terminal): void {
  command
    .command('show')
    .description('show a table: a built-in one, or one from a file')
    .argument('[file]', "capability table: domxml's own, or libvirt's XML")
    .option('--qemu <version>', 'built-in capability table: 8.2.0, 8.2 or latest')
    .addOption(archOption())
    .addOption(new Option('--flags', 'flags, one name a line').conflicts(['machines', 'cpus']))
    .addOption(new Option('--machines', 'machine types of each accelerator').conflicts(['flags', 'cpus']))
    .addOption(new Option('--cpus', 'CPU models of each accelerator').conflicts(['flags', 'machines']))
    .option('--json', 'print JSON')
    .action(async (file, { qemu, arch, flags, machines, cpus, json }) => {
      if (file !== undefined && qemu !== undefined) throw new UsageError('a file and --qemu exclude each other')
      const { builtinTable, tableOfFile } = await import('../capabilities/source.ts')
      const table = await (file === undefined ? builtinTable(terminal, qemu, arch) : tableOfFile(terminal, file))
      const part: Part = flags ? 'flags' : machines ? 'machines' : cpus ? 'cpus' : 'summary'
      const { showData, showText } = await import('../capabilities/show.ts')
      print(terminal, json ? showData(table, part) : showText(table, part))
    })
}

function registerDiff(command: Command, terminal: Terminal): void {
  command
    .command('diff')
    .description('flags, machine types and CPU models gained (+), lost (-) and deprecated (!)')
    .argument('<from>', 'file, or built-in build: 8.2.0, s390x:8.1.0, latest')
    .argument('<to>', 'the same')
    .addOption(archOption())
    .option('--json', 'print JSON')
    .action(async (from, to, { arch, json }) => {
      const { tableNamed } = await import('../capabilities/source.ts')
      const [first, second] = [await tableNamed(terminal, from, arch), await tableNamed(terminal, to, arch)]
      const { diffCapabilities } = await import('../../capabilities/diff.ts')
      const { diffText } = await import('../capabilities/diff.ts')
      const diff = diffCapabilities(first, second)
      print(terminal, json ? diff : diffText(diff))
    })
}

function registerProbe(command: Command, terminal: Terminal): void {
  command
    .command('probe')
    .description('ask a QEMU on this machine what it can do, and write its table')
    .argument('<binary>', 'QEMU system emulator, e.g. /usr/bin/qemu-system-x86_64')
    .option('-o, --output <file>', 'write the table there, not to standard output')
    .addOption(new Option('--timeout <seconds>', 'how long one answer may take').argParser(seconds))
    .option('--no-cache', 'ask again, though the table of this binary is kept')
    .action(async (binary, flags) => {
      const { runProbe } = await import('../capabilities/probe.ts')
      terminal.end(await runProbe(terminal, binary, flags))
    })
}

function registerExplain(command: Command, terminal: Terminal): void {
  command
    .command('explain')
    .description('what a flag gates, what shows it, and which builds have it')
    .argument('<flag>', 'flag, e.g. vfio-pci.vf-token')
    .option('--json', 'print JSON')
    .action(async (flag, { json }) => {
      const { explainedText, explainFlag } = await import('../capabilities/explain.ts')
      const explained = await explainFlag(flag)
      print(terminal, json ? explained : explainedText(explained))
    })
}

function archOption() {
  const option = new Option('--arch <arch>', 'architecture of a built-in table')
  return option.default<Arch>('x86_64').argParser((name) => archNamed(name))
}

function seconds(raw: string): number {
  const value = Number(raw)
  if (!(value > 0 && value <= 3600)) throw new InvalidArgumentError('It is a number of seconds, at most 3600.')
  return value
}

/** Text as it is, anything else as JSON. */
function print(terminal: Terminal, output: unknown): void {
  terminal.out(typeof output === 'string' ? output : jsonText(output))
}
