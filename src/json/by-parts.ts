import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import type { JsonSchema } from './shape.ts'
import { pointerTo } from './text.ts'

/** What a schema has against a value, as Ajv says it. */
export type Faults = (value: unknown) => readonly ErrorObject[]

// Schemas of ours, which a test holds against the standard: a start of the program does not.
const compile = (schema: JsonSchema): ValidateFunction =>
  new Ajv({
    strict: true,
    strictRequired: false,
    validateSchema: false,
    meta: false,
    discriminator: true,
    allErrors: true,
    verbose: true,
    code: { optimize: false },
  }).compile(schema)

/**
 * Checks a file by the parts that it has: its properties are compiled when they are met first, for that is what checking
 * costs, and a file has few of the many that it may have. Findings come as from the whole schema, in its order.
 */
export function faultsByParts({ properties, ...schema }: JsonSchema): Faults {
  const parts = Object.entries((properties ?? {}) as { readonly [key: string]: JsonSchema })
  const anything = Object.fromEntries(parts.map(([key]) => [key, true]))
  const checks = new Map<string, ValidateFunction>()
  const checkOf = (key: string, part: JsonSchema) => {
    const check = checks.get(key) ?? compile(part)
    checks.set(key, check)
    return check
  }
  const whole = () => checkOf('', properties === undefined ? schema : { ...schema, properties: anything })
  return (value) => {
    const faults = [...faultsOf(whole(), value)]
    if (typeof value !== 'object' || value === null) return faults
    for (const [key, part] of parts) {
      if (!Object.hasOwn(value, key)) continue
      const at = pointerTo('', key)
      for (const fault of faultsOf(checkOf(at, part), (value as { readonly [key: string]: unknown })[key]))
        faults.push({ ...fault, instancePath: at + fault.instancePath })
    }
    return faults
  }
}

const faultsOf = (check: ValidateFunction, value: unknown) => (check(value) ? [] : (check.errors ?? []))
