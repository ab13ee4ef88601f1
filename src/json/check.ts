import type { ErrorObject } from 'ajv'
import type { Diagnostic, Span } from '../diagnostic/diagnostic.ts'
import { printableFinding } from '../diagnostic/printable.ts'
import { didYouMean } from '../diagnostic/suggest.ts'
import { type Faults, faultsByParts } from './by-parts.ts'
import type { JsonSchema } from './shape.ts'
import { type JsonFault, type JsonText, pointerTo, readJson } from './text.ts'

export interface CheckedJson<T> {
  /** Undefined where the text is refused. */
  readonly value: T | undefined
  /** Where each value stands, by JSON pointer. */
  readonly places: ReadonlyMap<string, Span>
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads a JSON text of one sort and checks it: what lets it through has the type that the schema describes. */
export type Checker<T> = (text: string) => CheckedJson<T>

/**
 * A checker for one schema. Its findings are
 * `ROOM/not-json`, `ROOM/unknown-key`, `ROOM/missing-key`, `ROOM/wrong-type`, `ROOM/bad-value`; no value is repeated.
 * @param room what the codes begin with
 * @param file what the text is, e.g. `host file`
 * @param read how a text is read: another language than JSON, or a part of a text
 */
export function checkerOf<T>(
  schema: JsonSchema,
  room: string,
  file: string,
  read: (text: string) => JsonText | JsonFault = readJson,
): Checker<T> {
  let faultsOf: Faults | undefined
  return (text) => {
    const json = read(text)
    if ('message' in json) {
      const hint = `A ${file} is one JSON object.`
      const message = `the ${file} is not JSON: ${json.message}`
      const finding: Diagnostic = { code: `${room}/not-json`, severity: 'error', message, span: json.span, hint }
      return { value: undefined, places: new Map(), diagnostics: [printableFinding(finding)] }
    }
    const { places } = json
    faultsOf ??= faultsByParts(schema)
    const faults = faultsOf(json.value)
    if (faults.length === 0) return { value: json.value as T, places, diagnostics: [] }
    return { value: undefined, places, diagnostics: faults.map((fault) => finding(fault, places, room)) }
  }
}

function finding(error: ErrorObject, places: ReadonlyMap<string, Span>, room: string): Diagnostic {
  const { code, message, pointer, hint } = inWords(error)
  return printableFinding({
    code: `${room}/${code}`,
    severity: 'error',
    message,
    span: places.get(pointer) ?? places.get(error.instancePath),
    path: pointer,
    hint: hint ?? description(error),
  })
}

interface Words {
  readonly code: string
  readonly message: string
  readonly pointer: string
  readonly hint?: string
}

/** Ajv's errors in our words. Values are not repeated: they may be secrets. */
function inWords({ keyword, params, instancePath, parentSchema }: ErrorObject): Words {
  const pointer = instancePath
  const what = pointer === '' ? 'the file' : pointer
  switch (keyword) {
    case 'additionalProperties': {
      const key = String(params.additionalProperty)
      const near = didYouMean(key, Object.keys(parentSchema?.properties ?? {}))
      const hint = near === undefined ? 'Remove it, or check its spelling and place.' : `Did you mean ${near}?`
      return {
        code: 'unknown-key',
        message: `${what} has the unknown key ${key}`,
        pointer: pointerTo(pointer, key),
        hint,
      }
    }
    case 'required':
      return { code: 'missing-key', message: `${what} has no ${params.missingProperty}`, pointer }
    case 'type':
      return { code: 'wrong-type', message: `${what} must be of type ${params.type}`, pointer }
    case 'enum':
      return { code: 'bad-value', message: `${what} must be one of ${params.allowedValues.join(', ')}`, pointer }
    case 'minimum':
    case 'maximum':
      return { code: 'bad-value', message: `${what} must be ${params.comparison} ${params.limit}`, pointer }
    case 'discriminator':
      return { code: 'bad-value', message: `${what} has no known ${params.tag}`, pointer }
    case 'pattern':
      return { code: 'bad-value', message: `${what} must match ${params.pattern}`, pointer }
    default:
      return { code: 'bad-value', message: `${what} has none of the forms that it may have`, pointer }
  }
}

function description({ parentSchema }: ErrorObject): string | undefined {
  const text: unknown = parentSchema?.description
  return typeof text === 'string' ? text : undefined
}
