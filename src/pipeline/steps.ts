import type { DomainRule, Section } from '../context/unit.ts'
import type { Step, Steps } from './planned.ts'
import { sequenceOf } from './sequence.ts'

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
    basic: sequenceOf(rows('basic')),
    implicit: sequenceOf(rows('implicit')),
    final: sequenceOf(rows('final')),
    addressed: sequenceOf(rows('addressed')),
    validate: sequenceOf(units.flatMap(({ validate, checks = [] }) => [...present(validate), ...applied(checks)])),
    rules: sequenceOf(applied(rules)),
    native: sequenceOf(parts('native')),
    prepare: sequenceOf(parts('prepare')),
    launch: sequenceOf(parts('launch')),
    contribute: sequenceOf(parts('contribute')),
  }
}

const applied = (rules: readonly DomainRule[]): Step[] => rules.map(({ apply }) => apply)
const present = <T>(part: T): NonNullable<T>[] => (part ? [part] : [])
