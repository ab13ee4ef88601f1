import { type Often, oftenGenerated } from './generated.ts'

type Fields = { readonly [key: string]: unknown }

/** Calls `visit` in order for each entry whose list has an item; `to` is handed on. */
export type EachFilled<E, To> = Often<
  (fields: Fields, visit: (entry: E, list: unknown, to: To) => void, to: To) => void
>

/** @param keyOf under which an entry's list stands in an object */
export function eachFilledOf<E, To>(entries: readonly E[], keyOf: (entry: E) => string): EachFilled<E, To> {
  const keys = entries.map(keyOf)
  return oftenGenerated<Parameters<EachFilled<E, To>['now']>, void>(
    (fields, visit, to) => {
      for (let at = 0; at < keys.length; at++) {
        const list = fields[keys[at]!]
        if (list !== undefined && (list as []).length > 0) visit(entries[at]!, list, to)
      }
    },
    {
      names: keys.map((_, at) => `e${at}`),
      given: entries,
      body: () => `return (fields, visit, to) => { let list; ${keys.map(step).join('; ')} }`,
    },
  )
}

/** Looked up by its name in code, a field is found at once; by one key after another, through a table of all objects. */
const step = (key: string, at: number): string =>
  `if ((list = fields[${JSON.stringify(key)}]) !== undefined && list.length > 0) visit(e${at}, list, to)`
