import { isDeepStrictEqual } from 'node:util'
import { argumentText } from '../../src/argv/command-line.ts'
import type { ConvertOptions } from '../../src/conversion.ts'
import { convert } from '../../src/convert.ts'
import { hasErrors } from '../../src/diagnostic/diagnostic.ts'
import { masked } from '../../src/diagnostic/mask.ts'
import { formatDomain } from '../../src/pipeline/format.ts'
import { parseDomain } from '../../src/pipeline/parse.ts'

/** The longest that one input of a corpus may take, in milliseconds: a hang, not a speed. */
const hang = 5000

/** What is wrong with the answer to an input, in a few words; undefined where nothing is. */
export const fault = (text: string, options: ConvertOptions): string | undefined => caught(() => wrong(text, options))

/** What an inspection finds, or that it throws or hangs. */
export function caught(inspect: () => string | undefined): string | undefined {
  const start = performance.now()
  try {
    return inspect() ?? (performance.now() - start > hang ? 'hangs' : undefined)
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : { message: String(error), stack: '' }
    const place = /src\/[\w/.-]+:\d+/.exec(stack ?? '')?.[0]
    return `throws ${message.slice(0, 80)} at ${place}`
  }
}

/** What every object has, as a text: found where a table is asked for a word such as `constructor`. */
const isOfEngine = /\[native code\]|\[object \w+\]/

/**
 * What is wrong with the conversion of a text.
 * @param also what else may say `undefined` or `NaN`
 */
export function wrong(text: string, options: ConvertOptions, also = ''): string | undefined {
  const { argv, diagnostics, xml } = convert(text, options)
  const few = convert(text, { ...options, findingsOnly: true }).diagnostics
  if (!isDeepStrictEqual(few, diagnostics)) return 'findings that differ where nothing is printed'
  for (const { message, hint = '' } of diagnostics) {
    if (isOfEngine.test(message + hint)) return `a message of the engine's own: ${message.slice(0, 80)}`
    if (/\p{Cc}/u.test(message)) return 'a control character in a message'
    if (message.length > 2100) return 'a message without end'
    if (/\bundefined\b/.test(message) && !(text + also).includes('undefined'))
      return `a message says undefined: ${message.slice(0, 80)}`
  }
  for (const argument of argv?.args ?? []) {
    const word = argumentText(argument)
    if (/:NaN\b|=NaN\b|\bundefined\b/.test(word) && !/NaN|undefined/.test(text + also))
      return `prints ${word.slice(0, 80)}`
    if (isOfEngine.test(word)) return `prints ${word.slice(0, 80)}`
    if (argument.kind === 'value' && word.startsWith('{"')) JSON.parse(word)
  }
  if (masked(text).length !== text.length) return 'a mask that moves what stands behind it'
  const asIs = unfilled(text, options)
  if (asIs !== undefined && isReadAgain(asIs)) {
    const twice = unfilled(asIs, options)
    if (twice !== withoutLimitless(asIs)) return `not stable as it is: ${difference(asIs, twice ?? '')}`
  }
  if (xml === undefined) return undefined
  const again = settled(text, xml, options)
  if (again !== xml && isReadAgain(xml) && again !== undefined) return `not stable: ${difference(xml, again)}`
  return undefined
}

/** libvirt writes line ends and tabs in attributes as they are: they are spaces when read again. */
const spacesInAttributes = /='[^']*[\n\t]/
/** Numbers of places from 2^31 it writes with a sign, and refuses those (11.3, 12.8 asked). */
const signedPlaces = /<address type='[^>]*='-\d/

const isReadAgain = (xml: string): boolean => !spacesInAttributes.test(xml) && !signedPlaces.test(xml)

/** Of a bandwidth that limits nothing libvirt prints the element alone, and nothing once it has read that (11.3 asked). */
const withoutLimitless = (xml: string): string => xml.replace(/ *<bandwidth>\n *<\/bandwidth>\n/g, '')

/** The definition as `format --as-is` prints it; undefined where it cannot be read. */
function unfilled(text: string, { release }: ConvertOptions): string | undefined {
  const parsed = parseDomain(text, { release })
  if (parsed.definition === undefined || hasErrors(parsed.diagnostics)) return undefined
  return formatDomain(parsed.definition, parsed.release)
}

/**
 * The form that a printed definition keeps. Disks are put in order before those without a bus are given one, so that
 * libvirt, too, prints them in another order when it reads its own text (11.3 asked), as it does controllers without an
 * index (12.8 asked): then the second form must stay.
 * So it must where a card has 0 screens: libvirt prints none, and reads 1 of that; and where the source of a drive without a
 * medium is empty: libvirt keeps the kind, prints no source, and reads a file of that (11.3, 12.8 asked).
 */
function settled(text: string, xml: string, options: ConvertOptions): string | undefined {
  const again = convert(xml, options).xml
  if (again === undefined) return undefined
  if (again === withoutLimitless(xml)) return xml
  const isUnsorted = /<target(?![^>]*\bbus=)[^>]*\bdev=|<controller(?![^>]*\bindex=)/.test(text)
  const isReordered = isUnsorted && sortedLines(again) === sortedLines(xml)
  const getsScreen =
    / heads=(["'])0+\1/.test(text) && again.replaceAll(" heads='1'", '') === xml.replaceAll(" heads='1'", '')
  const form = (it: string) => (isUnsorted ? sortedLines(withoutKind(it)) : withoutKind(it))
  const losesKind = form(again) === form(xml)
  if (!isReordered && !getsScreen && !losesKind) return again
  return convert(again, options).xml === again ? xml : again
}

/** A text in which disks without a source are of no kind. */
const withoutKind = (text: string): string =>
  text.replace(/(<disk type=)'\w+'((?:(?!<source\b|<\/disk>)[\s\S])*<\/disk>)/g, '$1$2')

const sortedLines = (text: string): string => text.split('\n').sort().join('\n')

function difference(first: string, second: string): string {
  const lines = second.split('\n')
  return (
    first
      .split('\n')
      .find((line, index) => line !== lines[index])
      ?.trim() ?? 'the end'
  )
}
