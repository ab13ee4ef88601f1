import { printLines, printShell, toJson } from '../../../src/argv/print.ts'
import { addedIn } from '../../../src/codec/added.ts'
import type { Context } from '../../../src/context/context.ts'
import { complete as completeDomain, convert as convertDomain } from '../../../src/convert.ts'
import { type Diagnostic, hasErrors } from '../../../src/diagnostic/diagnostic.ts'
import { masked } from '../../../src/diagnostic/mask.ts'
import { LineIndex } from '../../../src/diagnostic/position.ts'
import { formatDomain } from '../../../src/pipeline/format.ts'
import { parseDomain } from '../../../src/pipeline/parse.ts'
import type { Release } from '../../../src/release/release.ts'
import { circumstancesOf } from './circumstances.ts'
import type { Choices, Finding, Mark, Name, Questions } from './protocol.ts'
import { rowsOf, sourceOf } from './rows.ts'

type Answers = { readonly [N in Name]: (ask: Questions[N]['ask']) => Promise<Questions[N]['answer']> }

/** What the worker answers: every question a pure function of what is asked. What the first sight does not need is loaded when it is asked. */
export const answers: Answers = {
  convert: async ({ text, choices, secrets }) => {
    const { arch, parsed, options, qemu, libvirt, notes } = await circumstancesOf(text, choices)
    const { diagnostics, argv, origins } = convertDomain(parsed, options)
    const lines = new LineIndex(parsed.text)
    return {
      arch,
      qemu,
      libvirt,
      findings: [...notes, ...diagnostics].map((it) => findingOf(it, lines)),
      rows: argv && rowsOf(argv, origins, lines, secrets),
      secrets: countSecrets(text),
    }
  },

  complete: async ({ text, choices }) => {
    const { parsed, options } = await circumstancesOf(text, choices)
    const { context, diagnostics } = completeDomain(parsed, options)
    if (context === undefined || hasErrors(diagnostics.filter(({ when }) => when !== 'start'))) return undefined
    const xml = formatDomain(context.definition, context.plan.release)
    return { xml, marks: marksOf(xml, context, parsed.release) }
  },

  compare: async ({ text, choices, other, what }) => {
    const [left, right] = await Promise.all([printed(text, choices, what), printed(text, other, what)])
    if (left.lines === undefined || right.lines === undefined) return undefined
    return { left: left.lines, right: right.lines, names: [left.name, right.name] }
  },

  topology: async ({ text, choices }) => {
    const { parsed, options } = await circumstancesOf(text, choices)
    const { context, diagnostics } = completeDomain(parsed, options)
    if (context === undefined || hasErrors(diagnostics.filter(({ when }) => when !== 'start'))) return undefined
    const [{ drawTopology }, { printTopologySvg }, { printTopologyText }] = await Promise.all([
      import('../../../src/topology/draw.ts'),
      import('../../../src/topology/svg/print.ts'),
      import('../../../src/topology/text.ts'),
    ])
    const topology = drawTopology(context)
    const lines = new LineIndex(parsed.text)
    return {
      svg: printTopologySvg(topology, lines, { bare: true }),
      tree: printTopologyText(topology, lines, { width: 100 }),
    }
  },

  print: async ({ text, choices, format, secrets }) => {
    const { parsed, options } = await circumstancesOf(text, choices)
    const { argv } = convertDomain(parsed, options)
    if (argv === undefined) return undefined
    const redact = !secrets
    if (format === 'json') return `${JSON.stringify(toJson(argv, { redact }), null, 2)}\n`
    return format === 'lines' ? printLines(argv, { redact }) : printShell(argv, { redact })
  },

  completions: async ({ text, offset, choices }) => {
    const { options } = await circumstancesOf(text, choices)
    const [{ completionsAt }, { outlineOf }] = await Promise.all([
      import('../../../src/lsp/completion.ts'),
      import('../../../src/lsp/outline.ts'),
    ])
    return completionsAt(outlineOf(text), offset, options.capabilities)
  },

  hover: async ({ text, offset, choices }) => {
    const { options } = await circumstancesOf(text, choices)
    const [{ hoverAt }, { outlineOf }] = await Promise.all([
      import('../../../src/lsp/hover.ts'),
      import('../../../src/lsp/outline.ts'),
    ])
    return hoverAt(outlineOf(text), offset, options.capabilities)
  },

  chooseArch: async ({ text, arch }) => {
    const { attributeOfOutline, elementsAt, outlineOf } = await import('../../../src/lsp/outline.ts')
    const domain = outlineOf(text).roots.find(({ name }) => name === 'domain')
    const type = elementsAt(domain, 'os', 'type')[0]
    if (type === undefined) return undefined
    const { valueSpan } = attributeOfOutline(type, 'arch') ?? {}
    if (valueSpan !== undefined) return { span: valueSpan, text: arch }
    return { span: { start: type.nameSpan.end, end: type.nameSpan.end }, text: ` arch='${arch}'` }
  },

  hideSecrets: async ({ text }) => hidden(text),
}

function hidden(text: string): string {
  const { text: decoded, origins } = parseDomain(text)
  // A text that is decoded otherwise (a declared encoding) has its places elsewhere.
  return masked(text, decoded === text ? origins.secrets : [])
}

/** How many runs of text a link would leave out. */
function countSecrets(text: string): number {
  const without = hidden(text)
  let count = 0
  for (let at = 0; at < text.length; at++) {
    if (without[at] !== text[at] && (at === 0 || without[at - 1] === text[at - 1])) count++
  }
  return count
}

function findingOf({ code, severity, message, hint, span, fix }: Diagnostic, lines: LineIndex): Finding {
  const line = span === undefined ? undefined : lines.position(span.start).line
  return { code, severity, message, hint, span, line, fix }
}

function marksOf(xml: string, context: Context, release: Release): Mark[] {
  const again = parseDomain(xml, { release })
  if (again.definition === undefined) return []
  const before = { value: context.definition, origins: context.origins }
  const lines = new LineIndex(xml)
  return addedIn(xml, before, { value: again.definition, origins: again.origins }).map(({ span, origin }) => {
    if (origin === undefined) return { span, kind: 'default', label: 'what libvirt reads where nothing stands' }
    const { kind, label } = sourceOf(origin, lines)
    return { span, kind, label }
  })
}

async function printed(text: string, choices: Choices, what: 'argv' | 'xml') {
  const { parsed, options, qemu, libvirt } = await circumstancesOf(text, choices)
  const { argv, xml } = convertDomain(parsed, options)
  const name = `libvirt ${libvirt}, QEMU ${qemu}`
  if (what === 'xml') return { name, lines: xml?.trimEnd().split('\n') }
  return { name, lines: argv && printShell(argv, { redact: true }).replaceAll(' \\\n', '\n').trimEnd().split('\n') }
}
