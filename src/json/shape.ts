/**
 * The vocabulary in which files of ours (a host, a capability table) are described: one description gives the TypeScript type, the JSON Schema
 * and its documentation.
 */
export interface JsonSchema {
  readonly [keyword: string]: unknown
}

export interface Shape<out T> {
  readonly schema: JsonSchema
  /** True where the key may be missing. */
  readonly optional?: boolean
  /** Carries the type only; never present at run time. */
  readonly carries?: T
}

export interface OptionalShape<out T> extends Shape<T | undefined> {
  readonly optional: true
}

/** The type of the values that a shape describes. */
export type Of<S> = S extends Shape<infer T> ? T : never

type Fields = Readonly<Record<string, Shape<unknown>>>

/** The type of a record: one property a field; optional ones may be missing or undefined. */
export type RecordOf<F extends Fields> = {
  readonly [K in keyof F as F[K] extends OptionalShape<unknown> ? never : K]: Of<F[K]>
} & {
  readonly [K in keyof F as F[K] extends OptionalShape<unknown> ? K : never]?: Of<F[K]>
}

export const text = (description: string, keywords: JsonSchema = {}): Shape<string> => ({
  schema: { type: 'string', description, ...keywords },
})

export const flag = (description: string): Shape<boolean> => ({ schema: { type: 'boolean', description } })

/** A whole number in [minimum, maximum]; by default not negative. */
export const integer = (description: string, minimum = 0, maximum = Number.MAX_SAFE_INTEGER): Shape<number> => ({
  schema: { type: 'integer', minimum, maximum, description },
})

export const oneOf = <const V extends readonly (string | number)[]>(
  description: string,
  ...values: V
): Shape<V[number]> => ({ schema: { enum: values, description } })

export const list = <T>(description: string, item: Shape<T>): Shape<readonly T[]> => ({
  schema: { type: 'array', items: item.schema, description },
})

/** An object whose keys are free. */
export const dictionary = <T>(description: string, item: Shape<T>): Shape<Readonly<Record<string, T>>> => ({
  schema: { type: 'object', additionalProperties: item.schema, description },
})

export const optional = <T>(shape: Shape<T>): OptionalShape<T> => ({ schema: shape.schema, optional: true })

export const record = <const F extends Fields>(description: string, fields: F): Shape<RecordOf<F>> => ({
  schema: {
    type: 'object',
    description,
    additionalProperties: false,
    required: Object.keys(fields).filter((key) => fields[key]?.optional !== true),
    properties: Object.fromEntries(Object.entries(fields).map(([key, shape]) => [key, shape.schema])),
  },
})

/** The same record where every key may be missing: what a file may leave to the defaults. */
export const partial = <T>(shape: Shape<T>): Shape<Partial<T>> => ({ schema: { ...shape.schema, required: [] } })

/** An object of an outside format: what is named is checked, what is not is let through. */
export const open = <T>(shape: Shape<T>): Shape<T> => ({ schema: { ...shape.schema, additionalProperties: true } })

/** One of several records that the property `tag`, a closed choice in each, tells apart. */
export const union = <const S extends readonly Shape<unknown>[]>(
  description: string,
  tag: string,
  ...shapes: S
): Shape<Of<S[number]>> => ({
  schema: {
    type: 'object',
    description,
    required: [tag],
    discriminator: { propertyName: tag },
    oneOf: shapes.map((shape) => shape.schema),
  },
})
