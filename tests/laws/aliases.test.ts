import { describe, expect, test } from 'vitest'
import { unplacedSourcesOf } from '../../src/argv/explain.ts'
import { joinPieces, type Piece } from '../../src/argv/piece.ts'
import { convert } from '../../src/convert.ts'
import type { Origins } from '../../src/origin/origin.ts'
import { skippedWithoutShared } from '../shared.ts'
import { passingCases } from './corpus.ts'

const opening = /^ {4}<(\w+)((?: [^>]*?)?)(\/?)>$/
const unnamed = new Set(['emulator', 'audio', 'graphics', 'redirfilter'])

/** The domain as printed, with an alias of the user's for every device that has none. */
function withAliases(xml: string): string {
  let count = 0
  const named = (line: string) => {
    const [, name, attributes, closed] = opening.exec(line) ?? []
    if (name === undefined || unnamed.has(name)) return line
    const alias = `<alias name='ua-${++count}'/>`
    return closed ? `<${name}${attributes}>${alias}</${name}>` : `${line}${alias}`
  }
  const [before, devices] = xml.replaceAll(/^\s*<alias name=.*\n/gm, '').split(/^ {2}<devices>$/m)
  return `${before}<devices>${devices?.split('\n').map(named).join('\n')}`
}

/** Values of `id` that hold a user's alias and are not said to come from one. */
function strangers(pieces: readonly Piece[], origins: Origins): string[] {
  let before = ''
  return pieces.flatMap(({ text, from }) => {
    const place = text.search(/ua-\d/)
    const head = before + text.slice(0, place)
    before += text
    if (place < 0 || !/(^|[,{])"?id"?[:=]"?[^,"]*$/.test(head)) return []
    const sources = unplacedSourcesOf(from, origins)
    const isNamed = sources.some((source) => source.kind === 'xml' && source.path.endsWith('/alias/@name'))
    return isNamed ? [] : [`${text} from ${JSON.stringify(sources)}`]
  })
}

describe.skipIf(skippedWithoutShared('aliases over the corpus'))('a name made of an alias of the user', () => {
  test('comes from the line that says it', { timeout: 120_000 }, () => {
    const found = passingCases('argv')
      .filter((_case, index) => index % 5 === 0)
      .flatMap(({ testCase, source, circumstances }) => {
        const first = convert(source, circumstances)
        const { argv, origins, diagnostics } = convert(withAliases(first.xml ?? ''), circumstances)
        if (argv === undefined)
          return [
            `${testCase.id} none: ${diagnostics
              .filter((d) => d.severity === 'error')
              .map(({ code, message }) => code + message)
              .join()}`,
          ]
        return argv.args.flatMap((argument) => {
          const faults = strangers(argument.pieces, origins)
          return faults.map((fault) => `${testCase.id}: ${joinPieces(argument.pieces).slice(0, 60)}: ${fault}`)
        })
      })
    expect(found).toEqual([])
  })
})
