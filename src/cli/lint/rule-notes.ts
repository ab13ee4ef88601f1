import type { RuleNote } from '../../lint/reporters/reporter.ts'

export function ruleNotes(_code: string): RuleNote | undefined {
  return undefined
}
