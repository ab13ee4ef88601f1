import { expansion, expansionType, hostModelOf, hypervPassthrough, unmigratable } from '../derive-cpu.ts'
import { keyOf, type Question } from '../dialogue.ts'
import type { Facts } from '../facts.ts'
import { rowList } from '../rows.ts'
import type { Accelerator, Arch } from '../table.ts'
import { isX86 } from '../table.ts'

/** Asked first; without these answers there is no table. */
export const essentialQuestions: readonly Question[] = [
  { execute: 'query-version' },
  { execute: 'query-target' },
  { execute: 'query-qmp-schema' },
  { execute: 'qom-list-types' },
]

/** Asked next: what else is asked depends on the answers. */
export const leadingQuestions: readonly Question[] = [{ execute: 'query-kvm' }, { execute: 'query-machines' }]

const generalQuestions: readonly Question[] = [
  { execute: 'query-cpu-definitions' },
  { execute: 'query-command-line-options' },
  { execute: 'query-migrate-capabilities' },
  { execute: 'query-tpm-models' },
  { execute: 'query-tpm-types' },
  { execute: 'query-gic-capabilities' },
]

/** What to ask then: the general questions, those of the rows, and the host CPU. Commands QEMU has not are left out. */
export function furtherQuestions(facts: Facts, accelerator: Accelerator): Question[] {
  const questions = [
    ...generalQuestions,
    ...rowList.flatMap((row) => row.shows.asks(facts)),
    ...(facts.arch === undefined ? [] : hostCpuQuestions(facts.arch, accelerator)),
  ]
  return distinct(questions).filter((question) => facts.schema.has(question.execute))
}

/** What to ask again with TCG: what depends on the accelerator. */
export function tcgQuestions(facts: Facts): Question[] {
  const questions = [
    { execute: 'query-cpu-definitions' },
    { execute: 'query-machines' },
    ...(facts.arch === undefined ? [] : hostCpuQuestions(facts.arch, 'tcg')),
  ]
  return questions.filter((question) => facts.schema.has(question.execute))
}

function hostCpuQuestions(arch: Arch, accelerator: Accelerator): Question[] {
  const [type, model] = [expansionType(arch), hostModelOf(accelerator)]
  return [
    expansion(type, model),
    ...(arch === 's390x' ? [expansion('full', model)] : []),
    ...(isX86(arch) ? [expansion(type, model, unmigratable)] : []),
    ...(isX86(arch) && accelerator === 'kvm' ? [expansion('full', model, hypervPassthrough)] : []),
  ]
}

function distinct(questions: readonly Question[]): Question[] {
  return [...new Map(questions.map((question) => [keyOf(question), question])).values()]
}
