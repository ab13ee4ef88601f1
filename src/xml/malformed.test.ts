import { describe, expect, test } from 'vitest'
import type { XmlLimits } from './limits.ts'
import type { malformed } from './malformed.ts'
import { readXml } from './read.ts'

/** An input, the part of it that the refusal points at, and limits where it needs them. */
type Case = readonly [input: string | Uint8Array, at: string, limits?: Partial<XmlLimits>]

interface Family {
  readonly code: string
  readonly cases: readonly Case[]
}

function bytes(...parts: (string | number)[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'number' ? [part] : [...new TextEncoder().encode(part)])),
  )
}

/** Every way to be malformed that the reader knows has its family here: a missing one does not compile. */
const families: Record<Exclude<keyof typeof malformed, 'disagreement'>, Family> = {
  inputTooLarge: {
    code: 'input-too-large',
    cases: [
      ['<a></a>', '', { input: 6 }],
      [bytes('<a>é</a>'), '', { input: 8 }],
    ],
  },
  tooDeep: {
    code: 'too-deep',
    cases: [
      ['<a><b><c/></b></a>', 'c', { depth: 2 }],
      [`${'<a>'.repeat(256)}<b/>${'</a>'.repeat(256)}`, 'b'],
    ],
  },
  tooManyAttributes: { code: 'too-many-attributes', cases: [["<a b='' c='' d=''/>", 'd', { attributes: 2 }]] },
  unknownEncoding: {
    code: 'unknown-encoding',
    cases: [[bytes("<?xml version='1.0' encoding='klingon'?><a/>"), 'klingon']],
  },
  encodingMismatch: {
    code: 'encoding-mismatch',
    cases: [[bytes("<?xml version='1.0' encoding='UTF-16'?><a/>"), 'UTF-16']],
  },
  invalidBytes: {
    code: 'invalid-bytes',
    cases: [
      [bytes('<a>é', 0xff, '</a>'), '\uFFFD'],
      [bytes('<a>', 0xe2, 0x82), '\uFFFD'],
    ],
  },
  illegalCharacter: {
    code: 'illegal-character',
    cases: [
      ['<a>\u0001</a>', '\u0001'],
      ["<a b='\u0000'/>", '\u0000'],
      [bytes('<a>', 0, '</a>'), '\u0000'],
      ['<a>\uFFFE</a>', '\uFFFE'],
      ['<a>\uD800</a>', '\uD800'],
      ['<a>\u{1f600}\uDC00</a>', '\uDC00'],
      ['<!--\u000B--><a/>', '\u000B'],
      ['<a\u001b/>', '\u001b'],
      ['<a>\u0001</b>', '\u0001'],
    ],
  },
  doctype: {
    code: 'doctype',
    cases: [
      ['<!DOCTYPE a><a/>', '<!DOCTYPE'],
      ['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', '<!DOCTYPE'],
    ],
  },
  declaration: {
    code: 'malformed-declaration',
    cases: [
      ['<?xml?><a/>', '<?xml?>'],
      ["<?xml encoding='UTF-8'?><a/>", "<?xml encoding='UTF-8'?>"],
      ["<?xml version='2.0'?><a/>", "<?xml version='2.0'?>"],
      ["<?xml version='1.0' standalone='maybe'?><a/>", "<?xml version='1.0' standalone='maybe'?>"],
      ['<?xml version=\'1.0"?><a/>', '<?xml version=\'1.0"?>'],
      ["<?xml version='1.0'><a/>", '<?xml'],
    ],
  },
  misplacedDeclaration: {
    code: 'misplaced-declaration',
    cases: [
      ["\n<?xml version='1.0'?><a/>", '<?xml'],
      ["<a><?xml version='1.0'?></a>", '<?xml'],
    ],
  },
  noRoot: {
    code: 'no-root',
    cases: [
      ['', ''],
      [' \n', ' \n'],
      ['<!-- -->', '<!-- -->'],
    ],
  },
  secondRoot: {
    code: 'second-root',
    cases: [
      ['<a/><b/>', 'b'],
      ['<a></a>\n<a></a>', 'a'],
    ],
  },
  outsideRoot: {
    code: 'text-outside-root',
    cases: [
      ['text<a/>', 'text'],
      ['<a/> text ', 'text '],
      ['<a/>&amp;', '&amp;'],
      ['<![CDATA[]]><a/>', '<![CDATA['],
      ['\uFEFF\uFEFF<a/>', '\uFEFF'],
    ],
  },
  tag: {
    code: 'malformed-tag',
    cases: [
      ['<a>1 < 2</a>', '<'],
      ['<a><1/></a>', '<'],
      ['<a><', '<'],
      ['< a/>', '<'],
    ],
  },
  unclosedTag: {
    code: 'unclosed-tag',
    cases: [
      ['<a', 'a'],
      ["<a b='c' ", 'a'],
    ],
  },
  endTag: {
    code: 'malformed-end-tag',
    cases: [
      ['<a></ a>', '</'],
      ["<a></a b='c'>", 'a'],
      ['<a></a', 'a'],
    ],
  },
  mismatchedEndTag: {
    code: 'mismatched-end-tag',
    cases: [
      ['<a><b></a>', 'a'],
      ['<a></A>', 'A'],
      ['<p:a></a>', 'a'],
    ],
  },
  unexpectedEndTag: { code: 'unexpected-end-tag', cases: [['<a/></a>', 'a']] },
  unclosedElement: {
    code: 'unclosed-element',
    cases: [
      ['<a><b></b>', 'a'],
      ['<a><bc>text', 'bc'],
    ],
  },
  attribute: {
    code: 'malformed-attribute',
    cases: [
      ["<a ='b'/>", '='],
      ["<a 'b'/>", "'"],
      ["<a b='c' / >", '/'],
      ['<a<b/>', '<'],
    ],
  },
  attributeSpace: { code: 'missing-space', cases: [["<a b='c'd='e'/>", 'd']] },
  attributeValue: {
    code: 'missing-value',
    cases: [
      ['<a b/>', 'b'],
      ['<a b=1/>', 'b'],
      ['<a b= />', 'b'],
      ['<a b', 'b'],
    ],
  },
  unclosedValue: { code: 'unclosed-value', cases: [["<a b='c/>", 'b']] },
  lessThanInValue: {
    code: 'less-than-in-value',
    cases: [
      ["<a b='<'/>", '<'],
      ["<a b='c>\n<d e='f'/></a>", '<'],
    ],
  },
  duplicateAttribute: {
    code: 'duplicate-attribute',
    cases: [
      ["<a b='1' c='2' b='3'/>", 'b'],
      [`<a ${Array.from({ length: 40 }, (_, index) => `b${index}=''`).join(' ')} b30=''/>`, 'b30'],
    ],
  },
  reference: {
    code: 'malformed-reference',
    cases: [
      ['<a>b & c</a>', '&'],
      ["<a b='c&d'/>", '&'],
      ['<a>&lt</a>', '&'],
      ['<a>&#;</a>', '&'],
      ['<a>&#xG;</a>', '&'],
      ['<a>&;</a>', '&'],
    ],
  },
  undeclaredEntity: {
    code: 'undeclared-entity',
    cases: [
      ['<a>&nbsp;</a>', '&nbsp;'],
      ["<a b='&LT;'/>", '&LT;'],
    ],
  },
  illegalReference: {
    code: 'illegal-reference',
    cases: [
      ['<a>&#0;</a>', '&#0;'],
      ['<a>&#xD800;</a>', '&#xD800;'],
      ["<a b='&#x110000;'/>", '&#x110000;'],
      ['<a>&#65535;</a>', '&#65535;'],
      [`<a>&#${'9'.repeat(400)};</a>`, `&#${'9'.repeat(400)};`],
    ],
  },
  cdataEnd: {
    code: 'cdata-end-in-text',
    cases: [
      ['<a>b]]>c</a>', ']]>'],
      ['<a>]]>&</a>', ']]>'],
    ],
  },
  unclosedCdata: { code: 'unclosed-cdata', cases: [['<a><![CDATA[b]]</a>', '<![CDATA[']] },
  unclosedComment: {
    code: 'unclosed-comment',
    cases: [
      ['<a><!-- b', '<!--'],
      ['<!-- b ->', '<!--'],
    ],
  },
  hyphensInComment: {
    code: 'hyphens-in-comment',
    cases: [
      ['<!-- a -- b --><a/>', '--'],
      ['<!-- a ---><a/>', '--'],
    ],
  },
  markup: {
    code: 'malformed-markup',
    cases: [
      ['<a><!b></a>', '<!'],
      ['<a><!- b --></a>', '<!'],
      ['<a><![cdata[b]]></a>', '<!'],
    ],
  },
  instruction: {
    code: 'malformed-instruction',
    cases: [
      ['<a><??></a>', '<?'],
      ['<a><? b?></a>', '<?'],
      ['<a><?b c></a>', '<?b'],
      ['<a><?b&c?></a>', '<?b'],
      ['<a><?XML c?></a>', '<?XML'],
    ],
  },
}

describe.each(Object.entries(families))('%s', (_, { code, cases }) => {
  test.each(cases.map((entry) => ({ entry })))('$entry.0', ({ entry: [input, at, limits] }) => {
    const { text, root, diagnostics } = readXml(input, limits)
    expect(root).toBeUndefined()
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual([`xml/${code}`])
    const { severity, message, hint, span } = diagnostics[0]!
    expect(severity).toBe('error')
    expect(message).toMatch(/^.+\.$/)
    expect(hint).toMatch(/^.+\.$/)
    expect(text.slice(span!.start, span!.end)).toBe(at)
  })
})

describe('the first error is the one reported', () => {
  test.each([
    ['<a>&b;<c d=1/></a>', 'undeclared-entity'],
    ['<a><c d=1/>&b;</a>', 'missing-value'],
    ['<a>&b;\u0001</a>', 'undeclared-entity'],
    ['<a>\u0001&b;</a>', 'illegal-character'],
    ['<a>]]>&b;</a>', 'cdata-end-in-text'],
    ['<a>&b;]]></a>', 'undeclared-entity'],
    ['<a>text\u0001', 'illegal-character'],
    ["<a b='c' b='<'/>", 'duplicate-attribute'],
  ])('%j', (input, code) => {
    expect(readXml(input).diagnostics.map((diagnostic) => diagnostic.code)).toEqual([`xml/${code}`])
  })

  test('what closes or doubles something else points there too', () => {
    const related = (input: string) =>
      readXml(input).diagnostics[0]?.related?.map(({ span }) => input.slice(span?.start, span?.end))
    expect(related('<a><bc></a>')).toEqual(['bc'])
    expect(related("<a b='1' c='2' b='3'/>")).toEqual(['b'])
  })

  test('a refusal never quotes a value or a text', () => {
    for (const input of ["<a b='s3cret<'/>", '<a>s3cret&s3cret;</a>', "<a b='s3cret", '<a>s3cret</b>', 's3cret<a/>']) {
      const [{ message, hint } = { message: 's3cret' }] = readXml(input).diagnostics
      expect(`${message} ${hint}`).not.toContain('s3cret')
    }
  })

  test('long names are cut in messages', () => {
    const message = readXml(`<${'a'.repeat(5000)}>`).diagnostics[0]!.message
    expect(message.length).toBeLessThan(200)
  })
})
