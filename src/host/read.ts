import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import type { Diagnostic, Span } from '../diagnostic/diagnostic.ts'
import { didYouMean } from '../diagnostic/suggest.ts'
import { type HostFile, hostFileSchema } from './file.ts'
import type { Host } from './host.ts'
import { pointerTo, readJson } from './json-text.ts'
import { hostFromFile } from './load.ts'

export interface ReadHost {
  /** Undefined where the file cannot be used. */
  readonly host: Host | undefined
  /** Spans are offsets into the file's text. */
  readonly diagnostics: readonly Diagnostic[]
}

let compiled: ValidateFunction<HostFile> | undefined

/** Compiled at the first host file: it costs more than a conversion. */
function validator(): ValidateFunction<HostFile> {
  compiled ??= new Ajv({
    strict: true,
    strictRequired: false,
    discriminator: true,
    allErrors: true,
    verbose: true,
  }).compile<HostFile>(hostFileSchema)
  return compiled
}

/**
 * Reads a host file (`--host FILE`). Raises `host/not-json`, `host/unknown-key`, `host/missing-key`,
 * `host/wrong-type`, `host/bad-value`, and what `hostFromFile` raises.
 * @param text the file's text
 * @param fallbackArch the architecture (libvirt's name) where the file names none
 */
export function readHost(text: string, fallbackArch: string): ReadHost {
  const json = readJson(text)
  if ('message' in json) {
    const hint = 'A host file is one JSON object.'
    const message = `the host file is not JSON: ${json.message}`
    return {
      host: undefined,
      diagnostics: [{ code: 'host/not-json', severity: 'error', message, span: json.span, hint }],
    }
  }
  const { places } = json
  const value: unknown = json.value
  const validate = validator()
  if (!validate(value)) {
    return { host: undefined, diagnostics: (validate.errors ?? []).map((error) => finding(error, places)) }
  }
  const { host, diagnostics } = hostFromFile(value, fallbackArch, places)
  return { host: diagnostics.length === 0 ? host : undefined, diagnostics }
}

function finding(error: ErrorObject, places: ReadonlyMap<string, Span>): Diagnostic {
  const { code, message, pointer, hint } = inWords(error)
  return {
    code: `host/${code}`,
    severity: 'error',
    message,
    span: places.get(pointer) ?? places.get(error.instancePath),
    path: pointer,
    hint: hint ?? description(error),
  }
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
