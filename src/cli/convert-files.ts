import type { Conversion, ConvertOptions } from '../conversion.ts'
import { converting } from '../convert.ts'
import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { hasErrors } from '../diagnostic/diagnostic.ts'
import { parseDomain } from '../pipeline/parse.ts'
import { atOnce } from '../staged.ts'
import { archOf, CircumstanceLoader, type CircumstanceOptions } from './circumstances.ts'
import { readInput } from './input.ts'
import { type Reported, reportText, wantsColour } from './report.ts'
import type { Stats } from './stats.ts'
import { status, UsageError } from './status.ts'

export interface ConvertFlags extends CircumstanceOptions {
  readonly id?: number | undefined
  readonly strict?: boolean | undefined
  readonly existing?: boolean | undefined
  readonly strictHost?: boolean | undefined
  readonly native?: boolean | undefined
  readonly stats?: boolean | undefined
}

export interface ConvertedFile extends Conversion {
  readonly name: string
}

/** With `--strict`, what libvirt would ignore is an error. */
function strictly(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const ignored = /^(element|attribute)\/unknown$/
  return diagnostics.map((it) => (ignored.test(it.code) ? { ...it, severity: 'error', when: 'define' } : it))
}

/** Converts each file; the same capability table and host serve all of one architecture. */
export async function* convertFiles(
  names: readonly string[],
  flags: ConvertFlags,
  purpose: ConvertOptions['purpose'] = 'start',
  stats?: Stats,
): AsyncGenerator<ConvertedFile> {
  if (names.filter((name) => name === '-').length > 1) throw new UsageError('standard input can be read only once')
  const loader = new CircumstanceLoader(flags)
  for (const name of names) {
    const input = await readInput(name)
    stats?.mark('read')
    const first = parseDomain(input.bytes)
    stats?.mark('parse')
    const { capabilities, host, notes, release } = await loader.load(archOf(first))
    stats?.mark('load')
    // Which libvirt reads it is known only now: the host is that of the domain's architecture.
    const parsed = release.rank === first.release.rank ? first : parseDomain(input.bytes, { release })
    const work = converting(parsed, {
      capabilities,
      host,
      domainId: flags.id,
      abiUpdate: !flags.existing,
      purpose,
      strictHost: flags.strictHost,
      native: flags.native,
    })
    const conversion = atOnce(work, stats?.mark)
    stats?.count('files', 1)
    stats?.count('findings', conversion.diagnostics.length)
    if (purpose === 'start') stats?.count('arguments', conversion.argv?.args.length ?? 0)
    const found = flags.strict ? strictly(conversion.diagnostics) : conversion.diagnostics
    yield { ...conversion, name: input.name, diagnostics: [...notes, ...found] }
  }
}

export function reported({ name, text, diagnostics, origins }: ConvertedFile): Reported {
  return { name, text, diagnostics, secrets: origins.secrets }
}

/** Prints findings to stderr and tells the exit status they ask for. */
export function tell(file: ConvertedFile): number {
  if (file.diagnostics.length > 0) process.stderr.write(`${reportText(reported(file), wantsColour(process.stderr))}\n`)
  return hasErrors(file.diagnostics) ? status.errors : status.fine
}
