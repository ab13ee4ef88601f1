import type { RuleNote } from '../../lint/reporters/reporter.ts'
import { raised } from '../../lint/rules/catalogue.gen.ts'
import { pages } from '../../lint/rules/pages.gen.ts'
import { own } from '../../own.ts'

const known = new Map(raised.map((rule) => [rule.code, rule]))

/** What reports say of a rule. */
export function ruleNotes(code: string): RuleNote | undefined {
  const rule = known.get(code)
  if (rule === undefined) return undefined
  const page = own(pages, code)
  const help = [rule.hint, page?.why].filter((it) => it !== undefined).join('\n\n')
  return { title: rule.message || code, help: help || `\`domxml explain ${code}\``, url: page?.links?.[0] }
}
