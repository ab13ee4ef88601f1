import { explain } from '../../argv/explain.ts'
import { printLines, printShell, toJson } from '../../argv/print.ts'
import { LineIndex } from '../../diagnostic/position.ts'
import { printable } from '../../diagnostic/printable.ts'
import { type ConvertedFile, type ConvertFlags, convertFiles, tell } from '../convert-files.ts'
import { explainText } from '../explain-text.ts'
import { jsonText } from '../json-text.ts'
import { OutDir } from '../out-dir.ts'
import { Stats } from '../stats.ts'
import { status } from '../status.ts'

type Format = 'shell' | 'lines' | 'json'

interface ArgvFlags extends ConvertFlags {
  readonly format: Format
  readonly explain?: boolean | undefined
  readonly redact?: boolean | undefined
  readonly outDir?: string | undefined
}

const extensions: { readonly [format in Format]: string } = { shell: '.sh', lines: '.args', json: '.json' }

/** What `argv` does: command lines, or what is known of them, to standard output or a folder; gives the exit status. */
export async function printArgv(files: readonly string[], flags: ArgvFlags): Promise<number> {
  let exit: number = status.fine
  const data: object[] = []
  const folder = flags.outDir === undefined ? undefined : new OutDir(flags.outDir, extensions[flags.format])
  const stats = flags.stats ? new Stats() : undefined
  for await (const file of convertFiles(files, flags, 'start', stats)) {
    const told = tell(file)
    exit = Math.max(exit, told)
    // One file that is refused does not silence the others.
    if (file.argv === undefined || told !== status.fine) continue
    if (folder !== undefined) folder.write(file.name, alone(file, flags))
    else if (flags.format === 'json') data.push(asData(file, flags))
    else process.stdout.write(heading(file.name, files.length) + asText(file, flags))
    stats?.mark('print')
  }
  if (data.length > 0) process.stdout.write(jsonText(files.length === 1 ? data[0] : data))
  if (stats) process.stderr.write(stats.text())
  return exit
}

/** As a file of its own. */
function alone(file: ConvertedFile, flags: ArgvFlags): string {
  return flags.format === 'json' ? jsonText(asData(file, flags)) : asText(file, flags)
}

/** Several command lines are told apart by a comment of the shell's. */
function heading(name: string, files: number): string {
  return files > 1 ? `# ${printable(name)}\n` : ''
}

function asText({ argv, name, text, origins }: ConvertedFile, flags: ArgvFlags): string {
  if (argv === undefined) return ''
  if (flags.explain) return explainText(explain(argv, origins, new LineIndex(text)), name)
  const redact = flags.redact === true
  return flags.format === 'lines' ? printLines(argv, { redact }) : printShell(argv, { redact })
}

function asData({ argv, name, text, origins }: ConvertedFile, flags: ArgvFlags): object {
  if (argv === undefined) return {}
  if (flags.explain) return { file: name, arguments: explain(argv, origins, new LineIndex(text)) }
  return { file: name, ...toJson(argv, { redact: flags.redact === true }) }
}
