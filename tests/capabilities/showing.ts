import { type Answer, keyOf, type Question } from '../../src/capabilities/dialogue.ts'
import type { Fact } from '../../src/capabilities/evidence.ts'
import type { JsonObject } from '../../src/json/loose.ts'
import type { Recording } from './knock-out.ts'

/** The smallest QEMU, on the smallest host, that shows one fact. */
export function showing(fact: Fact): Recording {
  const facts = fact.sort === 'all' ? fact.of.map((evidence) => evidence.fact) : [fact]
  const ofHost = facts.flatMap((it) => (it.sort === 'host' ? [[it.answer, true] as const] : []))
  const ofQemu = facts.filter(({ sort }) => sort !== 'host').flatMap(answersTo)
  const answers = new Map<string, Answer>(ofQemu.map(([question, value]) => [keyOf(question), { return: value }]))
  return { dialogue: { sessions: [answers] }, host: Object.fromEntries(ofHost) }
}

function answersTo(fact: Fact): readonly (readonly [Question, readonly JsonObject[]])[] {
  switch (fact.sort) {
    case 'type':
      return [[{ execute: 'qom-list-types' }, [{ name: fact.name }]]]
    case 'command':
      return [[{ execute: 'query-qmp-schema' }, entitiesOf(fact.name)]]
    case 'schema':
      return [[{ execute: 'query-qmp-schema' }, entitiesOf(fact.path)]]
    case 'device-property':
      return [properties('device-list-properties', fact.type, fact.property)]
    case 'machine-property':
      return [properties('qom-list-properties', `${fact.machine}-machine`, fact.property)]
    // One of them is enough.
    case 'any':
      return answersTo(fact.of[0]!.fact)
    default:
      throw new Error(`nothing shows a fact of the sort ${fact.sort} yet`)
  }
}

function properties(execute: string, typename: string, name: string) {
  return [{ execute, arguments: { typename } }, [{ name }]] as const
}

/** A chain of entities, one a step of the path, each named after its step. */
function entitiesOf(path: string): JsonObject[] {
  const [command = '', ...steps] = path.split('/')
  return [command, ...steps]
    .flatMap((step, index): JsonObject[] => {
      const [next, afterNext] = steps.slice(index)
      const metaType = index === 0 ? 'command' : next?.startsWith('=') ? 'enum' : 'object'
      const isEntity = !/^[=#]/.test(step)
      return isEntity
        ? [{ name: `${index} ${step}`, 'meta-type': metaType, ...holding(index + 1, next, afterNext) }]
        : []
    })
    .map((entity, index) => (index === 0 ? { ...entity, name: command } : entity))
}

function holding(index: number, step: string | undefined, after: string | undefined): JsonObject {
  if (step === undefined) return {}
  const type = `${index} ${step}`
  const bare = step.replace(/^[#=[]/, '').replace(/\]$/, '')
  if (step === 'arguments') return { 'arg-type': type }
  if (step === 'returns') return { 'ret-type': type }
  if (step.startsWith('#')) return { features: [bare] }
  if (step.startsWith('[')) return { variants: [{ case: bare, type }] }
  if (step.startsWith('=')) return { members: [{ name: bare, ...(after && { features: [after.slice(1)] }) }] }
  return { members: [{ name: bare, type }] }
}
