import { hasErrors } from '../../diagnostic/diagnostic.ts'
import { redacted } from '../../diagnostic/mask.ts'
import { printable } from '../../diagnostic/printable.ts'
import { formatDomain } from '../../pipeline/format.ts'
import { parseDomain } from '../../pipeline/parse.ts'
import { newestRelease } from '../../release/choose.ts'
import { usableRelease } from '../circumstances.ts'
import { type ConvertFlags, convertFiles, tell } from '../convert-files.ts'
import { readInput } from '../input.ts'
import { OutDir } from '../out-dir.ts'
import { reportText, wantsColour } from '../report.ts'
import { Stats } from '../stats.ts'
import { status } from '../status.ts'

interface FormatFlags extends ConvertFlags {
  readonly asIs?: boolean | undefined
  readonly redact?: boolean | undefined
  readonly outDir?: string | undefined
}

type Write = (name: string, xml: string) => void

/** Several definitions are told apart by a comment, or each gets a file of its own. */
function writer(files: readonly string[], { outDir, redact }: FormatFlags): Write {
  const shown = (xml: string): string => (redact ? redacted(xml) : xml)
  if (outDir !== undefined) {
    const folder = new OutDir(outDir, '.xml')
    return (name, xml) => folder.write(name, shown(xml))
  }
  const heading = (name: string) => `<!-- ${printable(name).replaceAll('--', '- -')} -->\n`
  return (name, xml) => process.stdout.write((files.length > 1 ? heading(name) : '') + shown(xml))
}

/** What `format` does: definitions to standard output or a folder; gives the exit status. */
export async function printDefinitions(files: readonly string[], flags: FormatFlags): Promise<number> {
  if (flags.asIs) return reprint(files, flags)
  let exit: number = status.fine
  const write = writer(files, flags)
  const stats = flags.stats ? new Stats() : undefined
  for await (const file of convertFiles(files, flags, 'define', stats)) {
    const told = tell(file)
    // What is refused only at a start can still be defined and printed.
    const defined = file.xml !== undefined && !(flags.strict && told !== status.fine)
    exit = Math.max(exit, defined ? status.fine : told)
    if (defined) write(file.name, file.xml ?? '')
    stats?.mark('print')
  }
  if (stats) process.stderr.write(stats.text())
  return exit
}

async function reprint(files: readonly string[], flags: FormatFlags): Promise<number> {
  let exit: number = status.fine
  const { libvirt } = flags
  const write = writer(files, flags)
  const { release, diagnostics: notes } =
    libvirt === undefined ? { release: newestRelease, diagnostics: [] } : usableRelease(libvirt)
  for (const name of files) {
    const input = await readInput(name)
    const parsed = parseDomain(input.bytes, { release })
    const { definition, text, origins } = parsed
    const diagnostics = [...notes, ...parsed.diagnostics]
    if (diagnostics.length > 0) {
      const found = { name: input.name, text, diagnostics, secrets: origins.secrets }
      process.stderr.write(`${reportText(found, wantsColour(process.stderr))}\n`)
    }
    if (definition === undefined || hasErrors(diagnostics)) exit = status.errors
    else write(input.name, formatDomain(definition, release))
  }
  return exit
}
