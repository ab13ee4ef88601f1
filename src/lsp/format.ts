import type { ConvertOptions } from '../conversion.ts'
import { convert } from '../convert.ts'
import { type Diagnostic, hasErrors } from '../diagnostic/diagnostic.ts'
import type { Edit } from '../diagnostic/fix.ts'
import { formatDomain } from '../pipeline/format.ts'
import { parseDomain } from '../pipeline/parse.ts'
import { layOutXml } from './layout.ts'

/** `layout`: white space only; `as-is`: as libvirt prints what is written; `complete`: with all that libvirt adds. */
export type FormatStyle = 'layout' | 'as-is' | 'complete'

/**
 * A formatted document, or undefined where it is too broken. What libvirt would not print (comments, elements that it
 * ignores) is never lost: such a document is only laid out, unless it is to be completed.
 */
export function formatText(text: string, style: FormatStyle, options: ConvertOptions): string | undefined {
  if (style === 'complete') return convert(text, options).xml
  if (style === 'layout') return layOutXml(text)
  const { definition, diagnostics } = parseDomain(text, { release: options.release })
  if (definition === undefined || hasErrors(diagnostics) || losesSomething(text, diagnostics)) return layOutXml(text)
  return formatDomain(definition, options.release)
}

/** True where libvirt's own form lacks something that stands in the text. */
export function losesSomething(text: string, diagnostics: readonly Diagnostic[]): boolean {
  return /<!--|<!\[CDATA\[|<\?(?!xml\s)/.test(text) || diagnostics.some(({ severity }) => severity !== 'info')
}

/** The one edit that makes `after` of `before`: the lines that are equal at both ends are left alone. */
export function editBetween(before: string, after: string): Edit | undefined {
  if (before === after) return undefined
  const most = Math.min(before.length, after.length)
  let start = 0
  while (start < most && before[start] === after[start]) start++
  let end = 0
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++
  return { span: { start, end: before.length - end }, text: after.slice(start, after.length - end) }
}
