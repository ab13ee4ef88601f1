import type { ExplainedArgument, Source } from '../argv/explain.ts'
import { unsteered } from '../diagnostic/printable.ts'

const words: { readonly [kind in Source['kind']]: string } = {
  xml: 'xml',
  default: 'default',
  implicit: 'implicit',
  address: 'address',
  rule: 'rule',
  capability: 'capability',
  machine: 'machine',
  host: 'host',
  assumed: 'assumed',
}

/** Where a piece came from, in words. */
export function said(source: Source, file: string): string {
  switch (source.kind) {
    case 'xml':
      return `${file}:${source.line}:${source.column} ${source.path}`
    case 'capability':
      return `capability ${source.flag}`
    case 'machine':
    case 'host':
    case 'assumed':
      return `${source.kind}: ${source.fact}`
    default:
      return `${words[source.kind]} ${source.rule}`
  }
}

const column = 44

/** One paragraph an argument: the option, then each piece of its value beside where it came from. */
export function explainText(args: readonly ExplainedArgument[], file: string): string {
  let out = ''
  args.forEach((argument, index) => {
    if (argument.kind !== 'value') out += `${unsteered(argument.text)}\n`
    const alone = argument.kind !== 'option' || args[index + 1]?.kind !== 'value'
    if (!alone) return
    for (const { text, sources } of argument.pieces) {
      out += `    ${unsteered(text).padEnd(column)}  ${sources.map((source) => said(source, file)).join(', ') || '?'}\n`
    }
  })
  return out
}
