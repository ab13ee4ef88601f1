import { type Json, type JsonObject, objectsOf, textOf, textsOf } from '../json/loose.ts'

/**
 * A path into the QMP schema (`query-qmp-schema`). It begins with a command; then a step each:
 * `arguments`, `returns`, a member's name, `[case]` for a branch of a union, `=value` for a value of an enumeration,
 * `#feature` for a feature. Arrays are looked through.
 */
export type SchemaPath = string

/** The QMP schema, indexed by entity. */
export interface Schema {
  has(path: SchemaPath): boolean
}

export function schemaOf(answer: Json | undefined): Schema {
  const entities = new Map(objectsOf(answer).map((entity) => [textOf(entity.name) ?? '', entity]))
  return { has: (path) => holderOf(entities, path) !== undefined }
}

export type Entities = ReadonlyMap<string, JsonObject>

/** The entity in which the last step of a path stands, where the path exists. */
export function holderOf(entities: Entities, path: SchemaPath): JsonObject | undefined {
  const steps = path.split('/')
  let entity = entities.get(steps[0] ?? '')
  if (entity === undefined || textOf(entity['meta-type']) !== 'command') return undefined
  let holder = entity
  for (const step of steps.slice(1)) {
    if (entity === undefined) return undefined
    holder = throughArrays(entities, entity)
    const next = stepInto(entities, holder, step)
    if (next === undefined) return undefined
    entity = next
  }
  return holder
}

/** What a step leads to; a step that ends a path leads to the entity itself. */
function stepInto(entities: Entities, entity: JsonObject, step: string): JsonObject | undefined {
  if (step === 'arguments') return typeAt(entities, entity['arg-type'])
  if (step === 'returns') return typeAt(entities, entity['ret-type'])
  if (step.startsWith('#')) return textsOf(entity.features).includes(step.slice(1)) ? entity : undefined
  if (step.startsWith('=')) return valueIn(entity, step.slice(1))
  if (step.startsWith('[')) {
    const name = step.slice(1, -1)
    return typeAt(entities, objectsOf(entity.variants).find((variant) => variant.case === name)?.type)
  }
  return typeAt(entities, objectsOf(entity.members).find((member) => member.name === step)?.type)
}

function typeAt(entities: Entities, name: Json | undefined): JsonObject | undefined {
  return entities.get(textOf(name) ?? '')
}

function throughArrays(entities: Entities, entity: JsonObject): JsonObject {
  let inner = entity
  for (let depth = 0; depth < 8 && textOf(inner['meta-type']) === 'array'; depth++) {
    inner = typeAt(entities, inner['element-type']) ?? {}
  }
  return inner
}

/** Enumerations list their values as names; since QEMU 6.2 also as members, which may have features. */
function valueIn(entity: JsonObject, name: string): JsonObject | undefined {
  const member = objectsOf(entity.members).find((candidate) => candidate.name === name)
  return member ?? (textsOf(entity.values).includes(name) ? { name } : undefined)
}
