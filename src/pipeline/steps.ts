import type { DomainRule, Section } from '../context/unit.ts'
import type { Step, Steps } from './planned.ts'

type Rows = 'basic' | 'implicit' | 'final' | 'addressed'
type Part = 'native' | 'prepare' | 'launch' | 'contribute'

/**
 * What units do on the whole domain, stage by stage, as plain lists.
 * @param units with the rows of one release, in their order
 * @param rules checks that span units
 */
export function stepsOf(units: readonly Section[], rules: readonly DomainRule[]): Steps {
  const rows = (stage: Rows): Step[] => units.flatMap((unit) => applied(unit[stage] ?? []))
  const parts = <P extends Part>(part: P) => units.flatMap((unit) => present<Section[P]>(unit[part]))
  return {
    basic: rows('basic'),
    implicit: rows('implicit'),
    final: rows('final'),
    addressed: rows('addressed'),
    validate: units.flatMap(({ validate, checks = [] }) => [...present(validate), ...applied(checks)]),
    rules: applied(rules),
    native: parts('native'),
    prepare: parts('prepare'),
    launch: parts('launch'),
    contribute: parts('contribute'),
  }
}

const applied = (rules: readonly DomainRule[]): Step[] => rules.map(({ apply }) => apply)
const present = <T>(part: T): NonNullable<T>[] => (part ? [part] : [])
