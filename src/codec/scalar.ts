import { onlyMeant } from '../diagnostic/suggest.ts'

/** Why a text is not a value: `problem` completes "the value … "; `code` replaces the general diagnostic code. */
export interface Problem {
  readonly problem: string
  readonly hint?: string | undefined
  readonly code?: string | undefined
  /** The text that nobody can have meant otherwise: the hint names it, and a fix writes it. */
  readonly meant?: string | undefined
}

/** The release in which something came: the codec only hands it on to `Vocabulary.knows`. */
export type Since = `${number}.${number}`

export type JsonSchema = { readonly [keyword: string]: unknown }

/**
 * A value that fits in one attribute or one text: both directions in one object, so that they cannot drift apart.
 * `schema` describes the value as JSON; the test generator reads it too.
 */
export interface Scalar<T> {
  parse(text: string): T | Problem
  format(value: T): string
  readonly schema: JsonSchema
  /** What may stand here, for the element's page: "yes | no", "a whole number from 0 to 31". */
  readonly doc: string
  /** Texts it reads, for tests, where the schema cannot tell what a text looks like. */
  readonly examples?: readonly string[]
  /** Values that not every reader knows, with their date (a release of libvirt). */
  readonly newer?: { readonly [text: string]: Since }
  /** A stricter reading, with the release that began with it. */
  readonly stricter?: { readonly since: Since; parse(text: string): T | Problem }
  /** The usual spelling of a text that it reads; undefined where it has none. For a linter's advice. */
  spelling?(text: string): string | undefined
  /** Never shown in a diagnostic. */
  readonly secret?: boolean
  /** An empty attribute is an absent one, as that of a text is; else it is one that cannot be read. */
  readonly emptyIsAbsent?: true
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'problem' in value
}

/** Prints what is a text already. By its name a printer sees that it has nothing to ask. */
export const asItStands = (value: string): string => value

/** Any text, as it stands. */
export const text: Scalar<string> = {
  parse: (raw) => raw,
  format: asItStands,
  schema: { type: 'string' },
  doc: 'text',
}

/** A text of at least one character. */
export const nonEmpty: Scalar<string> = {
  parse: (raw) => (raw === '' ? { problem: 'must not be empty' } : raw),
  format: asItStands,
  schema: { type: 'string', minLength: 1 },
  doc: 'a text that is not empty',
}

/** A text that a regular expression describes; `doc` says it in words, `canonical` chooses the printed spelling. */
export function pattern(expression: RegExp, doc: string, canonical = (raw: string) => raw): Scalar<string> {
  return {
    parse: (raw) => (expression.test(raw) ? canonical(raw) : { problem: `is not ${doc}` }),
    format: asItStands,
    schema: { type: 'string', pattern: expression.source },
    doc,
  }
}

/** One of a closed list of words. */
export function oneOf<const V extends string>(...values: V[]): Scalar<V> {
  // Read is the list's own word, not the document's copy: an engine tells such words apart without reading them.
  const known = new Map<string, V>(values.map((value) => [value, value]))
  return {
    parse: (raw) =>
      known.get(raw) ?? { problem: `is not one of ${values.join(', ')}`, meant: onlyMeant(raw.trim(), values) },
    format: asItStands,
    schema: { enum: values },
    doc: values.join(' | '),
  }
}

const yesWords = /^(yes|on|true|enabled?|1)$/i
const noWords = /^(no|off|false|disabled?|0)$/i

/** A two-valued word read as a boolean. */
function twoWords(yes: string, no: string): Scalar<boolean> {
  const meant = (raw: string) => (yesWords.test(raw) ? yes : noWords.test(raw) ? no : onlyMeant(raw, [yes, no]))
  return {
    parse: (raw) =>
      raw === yes ? true : raw === no ? false : { problem: `is neither ${yes} nor ${no}`, meant: meant(raw.trim()) },
    format: (value) => (value ? yes : no),
    schema: { type: 'boolean' },
    doc: `${yes} | ${no}`,
  }
}

export const yesNo = twoWords('yes', 'no')
export const onOff = twoWords('on', 'off')

/** `yes`, and any other word is `no`: what libvirt reads of a few attributes, whatever was meant. */
export const yesElseNo: Scalar<boolean> = {
  ...yesNo,
  parse: (raw) => raw === 'yes',
  doc: 'yes | no (any other word)',
}

/** The same, until a release that takes `yes` and `no` alone. */
export const yesElseNoUntil = (since: Since): Scalar<boolean> => ({
  ...yesElseNo,
  stricter: { since, parse: yesNo.parse },
})

/** `yes` and `no`; another word says nothing, until a release that refuses it. */
export const yesNoOrNothingUntil = (since: Since): Scalar<boolean | undefined> => ({
  ...yesNo,
  parse: (raw) => (raw === 'yes' ? true : raw === 'no' ? false : undefined),
  format: (value) => (value ? 'yes' : 'no'),
  stricter: { since, parse: yesNo.parse },
})

/** The same scalar with one more word that reads as if nothing stood there. */
export function absentAs<T>(word: string, scalar: Scalar<T>): Scalar<T | undefined> {
  return {
    ...scalar,
    parse: (raw) => (raw === word ? undefined : scalar.parse(raw)),
    format: (value) => (value === undefined ? word : scalar.format(value)),
    doc: `${word} | ${scalar.doc}`,
  }
}

/** The same scalar, some of whose values came later: `newer(oneOf('a', 'b'), { b: '11.3' })`. */
export function newer<T>(scalar: Scalar<T>, values: { readonly [text: string]: Since }): Scalar<T> {
  const dates = Object.entries(values).map(([text, since]) => `${text} since ${since}`)
  return { ...scalar, newer: values, doc: `${scalar.doc} (${dates.join(', ')})` }
}

/** The same scalar, where libvirt takes an empty attribute for an absent one (oracle: 11.3, 12.8, each attribute empty). */
export function emptyAsAbsent<T>(scalar: Scalar<T>): Scalar<T> {
  return { ...scalar, emptyIsAbsent: true }
}

/** The same scalar, kept out of diagnostics. */
export function secret<T>(scalar: Scalar<T>): Scalar<T> {
  const { spelling: _, ...rest } = scalar
  return { ...rest, secret: true }
}
