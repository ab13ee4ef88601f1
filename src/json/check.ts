import type { Diagnostic, Span } from '../diagnostic/diagnostic.ts'
import { printableFinding } from '../diagnostic/printable.ts'
import { didYouMean } from '../diagnostic/suggest.ts'
import { type Fault, faultsOf } from './faults.ts'
import { type Nul, nulsIn } from './nul.ts'
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
  return (text) => {
    const json = read(text)
    if ('message' in json) {
      const hint = `A ${file} is one JSON object.`
      const message = `the ${file} is not JSON: ${json.message}`
      const finding: Diagnostic = { code: `${room}/not-json`, severity: 'error', message, span: json.span, hint }
      return { value: undefined, places: new Map(), diagnostics: [printableFinding(finding)] }
    }
    const { places } = json
    const faults = [...faultsOf(schema, json.value), ...nulsIn(json.value, text)]
    if (faults.length === 0) return { value: json.value as T, places, diagnostics: [] }
    return { value: undefined, places, diagnostics: faults.map((fault) => finding(fault, places, room)) }
  }
}

function finding(fault: Fault | Nul, places: ReadonlyMap<string, Span>, room: string): Diagnostic {
  const { code, message, pointer = fault.pointer, hint = description(fault) } = inWords(fault)
  return printableFinding({
    code: `${room}/${code}`,
    severity: 'error',
    message,
    span: places.get(pointer) ?? places.get(fault.pointer),
    path: pointer,
    hint,
  })
}

interface Words {
  readonly code: string
  readonly message: string
  /** Where the finding is, if not where the fault is. */
  readonly pointer?: string
  readonly hint?: string
}

/** Values are not repeated: they may be secrets. */
function inWords(fault: Fault | Nul): Words {
  const { pointer, schema } = fault
  const what = pointer === '' ? 'the file' : pointer
  switch (fault.keyword) {
    case 'additionalProperties': {
      const { key } = fault
      const near = didYouMean(key, Object.keys(schema.properties ?? {}))
      const hint = near === undefined ? 'Remove it, or check its spelling and place.' : `Did you mean ${near}?`
      return {
        code: 'unknown-key',
        message: `${what} has the unknown key ${key}`,
        pointer: pointerTo(pointer, key),
        hint,
      }
    }
    case 'required':
      return { code: 'missing-key', message: `${what} has no ${fault.key}` }
    case 'type':
      return { code: 'wrong-type', message: `${what} must be of type ${fault.type}` }
    case 'enum':
      return { code: 'bad-value', message: `${what} must be one of ${fault.allowed.join(', ')}` }
    case 'minimum':
      return { code: 'bad-value', message: `${what} must be >= ${fault.limit}` }
    case 'maximum':
      return { code: 'bad-value', message: `${what} must be <= ${fault.limit}` }
    case 'discriminator':
      return { code: 'bad-value', message: `${what} has no known ${fault.tag}` }
    case 'pattern':
      return { code: 'bad-value', message: `${what} must match ${fault.pattern}` }
    case 'nul':
      return { code: 'bad-value', message: `${what} holds a NUL`, hint: 'Remove it: no name and no path can have one.' }
    case 'propertyNames':
      return { code: 'bad-value', message: `${what} has none of the forms that it may have` }
  }
}

function description({ schema }: Fault | Nul): string | undefined {
  const { description: text } = schema
  return typeof text === 'string' ? text : undefined
}
