import { complete } from '../../convert.ts'
import { hasErrors } from '../../diagnostic/diagnostic.ts'
import { LineIndex } from '../../diagnostic/position.ts'
import { parseDomain } from '../../pipeline/parse.ts'
import type { Topology } from '../../topology/topology.ts'
import { archOf, CircumstanceLoader } from '../circumstances.ts'
import type { ConvertFlags } from '../convert-files.ts'
import { readInput } from '../input.ts'
import { reportText, wantsColour } from '../report.ts'
import { status } from '../status.ts'

type Format = 'text' | 'mermaid' | 'svg'
type Printer = (topology: Topology, lines: LineIndex, file: string) => string

/** The layout of a picture is loaded only for a picture. */
const printers: { readonly [F in Format]: () => Promise<Printer> } = {
  text: async () => {
    const { printTopologyText } = await import('../../topology/text.ts')
    return (topology, lines) => printTopologyText(topology, lines, { width: process.stdout.columns ?? 100 })
  },
  mermaid: async () => (await import('../../topology/mermaid.ts')).printTopologyMermaid,
  svg: async () => {
    const { printTopologySvg } = await import('../../topology/svg/print.ts')
    return (topology, lines, file) => printTopologySvg(topology, lines, { file })
  },
}

interface TopologyFlags extends ConvertFlags {
  readonly format: Format
}

/** What `topology` does: a picture of one guest to standard output; gives the exit status. */
export async function printTopology(file: string, flags: TopologyFlags): Promise<number> {
  const input = await readInput(file)
  const first = parseDomain(input.bytes)
  const { capabilities, host, notes, release } = await new CircumstanceLoader(flags).load(archOf(first))
  const parsed = release.rank === first.release.rank ? first : parseDomain(input.bytes, { release })
  const { context, diagnostics } = complete(parsed, {
    capabilities,
    host,
    domainId: flags.id,
    abiUpdate: !flags.existing,
  })
  const { text, origins } = parsed
  const found = [...notes, ...diagnostics]
  if (found.length > 0) {
    const shown = { name: input.name, text, diagnostics: found, secrets: origins.secrets }
    process.stderr.write(`${reportText(shown, wantsColour(process.stderr))}\n`)
  }
  // What is refused only at a start can still be drawn.
  const atDefine = diagnostics.filter((it) => it.when !== 'start')
  if (context === undefined || hasErrors(atDefine)) return status.errors
  const [{ drawTopology }, print] = await Promise.all([import('../../topology/draw.ts'), printers[flags.format]()])
  process.stdout.write(print(drawTopology(context), new LineIndex(text), input.name))
  return status.fine
}
