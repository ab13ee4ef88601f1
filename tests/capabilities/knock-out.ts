import { type Answer, type Dialogue, keyOf, type Question } from '../../src/capabilities/dialogue.ts'
import type { Fact } from '../../src/capabilities/evidence.ts'
import { factsOf, type HostAnswers, nameLists } from '../../src/capabilities/facts.ts'
import { holderOf } from '../../src/capabilities/schema.ts'
import { isObject, type Json, type JsonObject, listOf, objectOf, objectsOf } from '../../src/json/loose.ts'

/** What a build answered, and what its host is. */
export interface Recording {
  readonly dialogue: Dialogue
  readonly host: HostAnswers
}

/** The same recording without one fact. The given one stays as it is. */
export function without(recording: Recording, fact: Fact): Recording {
  switch (fact.sort) {
    case 'type':
      return withoutItem(recording, { execute: 'qom-list-types' }, (item) => item.name === fact.name)
    case 'command':
      return withoutItem(recording, schemaQuestion, (item) => item.name === fact.name)
    case 'schema':
      return withoutPath(recording, fact.path)
    case 'device-property':
      return withoutProperty(recording, 'device-list-properties', fact.type, fact.property)
    case 'object-property':
      return withoutProperty(recording, 'qom-list-properties', fact.type, fact.property)
    case 'machine-property': {
      const type = factsOf(recording.dialogue).machineType(fact.machine)
      return withoutProperty(recording, 'qom-list-properties', type, fact.property)
    }
    case 'device-default':
      return changed(recording, propertiesQuestion('device-list-properties', fact.type), (answer) =>
        objectsOf(answer).map((item) => (item.name === fact.property ? omit(item, 'default-value') : item)),
      )
    case 'option':
      return changed(recording, { execute: 'query-command-line-options' }, (answer) =>
        objectsOf(answer).map((item) => (item.option === fact.option ? withoutParameter(item, fact.parameter) : item)),
      )
    case 'listed': {
      const member = nameLists[fact.list]
      const isIt = (item: Json) => (member === undefined ? item : objectOf(item)[member]) === fact.name
      return changed(recording, { execute: fact.list }, (answer) => listOf(answer).filter((item) => !isIt(item)))
    }
    case 'answered':
      return changed(recording, { execute: fact.command }, () => undefined)
    case 'kvm':
      return changed(recording, { execute: 'query-kvm' }, () => ({ enabled: false, present: true }))
    case 'host':
      return { ...recording, host: { ...recording.host, [fact.answer]: false } }
    case 'arch':
      return changed(recording, { execute: 'query-target' }, () => ({ arch: 'none' }))
    case 'unseen':
      return recording
    case 'version': {
      const { major = 0, minor = 0, micro = 0 } = fact.before ?? { major: (fact.since?.major ?? 1) - 1, minor: 99 }
      return changed(recording, { execute: 'query-version' }, () => ({ qemu: { major, minor, micro } }))
    }
    case 'any':
      return fact.of.reduce((left, evidence) => without(left, evidence.fact), recording)
    case 'all':
      return without(recording, fact.of.at(-1)!.fact)
  }
}

const schemaQuestion: Question = { execute: 'query-qmp-schema' }

function propertiesQuestion(execute: string, typename: string): Question {
  return { execute, arguments: { typename } }
}

function withoutProperty(recording: Recording, execute: string, typename: string, property: string): Recording {
  return withoutItem(recording, propertiesQuestion(execute, typename), (item) => item.name === property)
}

function withoutItem(recording: Recording, question: Question, isIt: (item: JsonObject) => boolean): Recording {
  return changed(recording, question, (answer) => objectsOf(answer).filter((item) => !isIt(item)))
}

function withoutPath(recording: Recording, path: string): Recording {
  return changed(recording, schemaQuestion, (answer) => {
    const entities = objectsOf(answer)
    const holder = holderOf(new Map(entities.map((entity) => [String(entity.name), entity])), path)
    const step = path.split('/').at(-1) ?? ''
    const lesser = holder && withoutStep(holder, step)
    return entities.map((entity) => replaced(entity, holder, lesser))
  })
}

/** The holder is an entity, or a value of an enumeration inside one. */
function replaced(entity: JsonObject, holder: JsonObject | undefined, lesser: JsonObject | undefined): JsonObject {
  if (holder === undefined || lesser === undefined) return entity
  if (entity === holder) return lesser
  const members = objectsOf(entity.members)
  return members.includes(holder)
    ? { ...entity, members: members.map((member) => (member === holder ? lesser : member)) }
    : entity
}

function withoutStep(entity: JsonObject, step: string): JsonObject {
  const name = step.replace(/^[#=[]/, '').replace(/\]$/, '')
  const dropFrom = (key: string) =>
    listOf(entity[key]).filter((item) => item !== name && objectOf(item).name !== name && objectOf(item).case !== name)
  const keys = step.startsWith('#') ? ['features'] : step.startsWith('[') ? ['variants'] : ['members', 'values']
  const present = keys.filter((key) => entity[key] !== undefined)
  return { ...entity, ...Object.fromEntries(present.map((key) => [key, dropFrom(key)])) }
}

function withoutParameter(option: JsonObject, parameter: string): JsonObject {
  return { ...option, parameters: objectsOf(option.parameters).filter((item) => item.name !== parameter) }
}

function omit(object: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key))
}

/** Changes one answer of the first session; `undefined` makes QEMU refuse the question. */
function changed(
  recording: Recording,
  question: Question,
  change: (answer: Json | undefined) => Json | undefined,
): Recording {
  const [first = new Map<string, Answer>(), ...others] = recording.dialogue.sessions
  const value = change(first.get(keyOf(question))?.return)
  const refusal: Answer = { error: { class: 'GenericError', desc: 'knocked out' } }
  const session = new Map(first).set(keyOf(question), isAnswered(value) ? { return: value } : refusal)
  return { ...recording, dialogue: { sessions: [session, ...others] } }
}

function isAnswered(value: Json | undefined): value is Json {
  return value !== undefined && (isObject(value) || Array.isArray(value))
}
