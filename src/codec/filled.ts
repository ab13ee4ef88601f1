import { type Often, oftenGenerated } from './generated.ts'

type Fields = { readonly [key: string]: unknown }

/** Calls `visit` in order for each entry that finds something in an object; `to` is handed on. */
export type EachFilled<E, To> = Often<
  (fields: Fields, visit: (entry: E, value: unknown, to: To) => void, to: To) => void
>

/** What an entry looks for: a field, which is there where it has a value; a list, where it has an item; all of the object. */
export type Sought =
  | { readonly kind: 'field' | 'list'; readonly key: string }
  | { readonly kind: 'whole'; readonly key?: undefined }

/** @param seek what each entry looks for */
export function eachFilledOf<E, To>(entries: readonly E[], seek: (entry: E) => Sought): EachFilled<E, To> {
  const sought = entries.map(seek)
  return oftenGenerated<Parameters<EachFilled<E, To>['now']>, void>(
    (fields, visit, to) => {
      for (let at = 0; at < sought.length; at++) {
        const { kind, key } = sought[at]!
        const value = kind === 'whole' ? fields : fields[key]
        if (value !== undefined && (kind !== 'list' || (value as []).length > 0)) visit(entries[at]!, value, to)
      }
    },
    {
      names: sought.map((_, at) => `e${at}`),
      given: entries,
      body: () => `return (fields, visit, to) => { let value; ${sought.map(step).join('; ')} }`,
    },
  )
}

/** Looked up by its name in code, a field is found at once; by one key after another, through a table of all objects. */
function step({ kind, key }: Sought, at: number): string {
  if (kind === 'whole') return `visit(e${at}, fields, to)`
  const isFilled = kind === 'list' ? ' && value.length > 0' : ''
  return `if ((value = fields[${JSON.stringify(key)}]) !== undefined${isFilled}) visit(e${at}, value, to)`
}
