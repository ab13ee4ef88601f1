import fc from 'fast-check'

/** Pieces of markup, whole and broken: what a document is made of, and what breaks one. */
const PIECES = [
  ...['<a>', '</a>', '<b>', '</b>', '<b/>', '<a', '/>', '>', '<', '</', '<p:a>', '</p:a>', '<a:>', '<constructor/>'],
  ...[
    ' b="1"',
    " c='&lt;'",
    ' b = "1"',
    'd="2"',
    ' b="<"',
    ' b=">"',
    ' b="\n"',
    ' xmlns:p="u"',
    ' p:c="1"',
    '=',
    '"',
    "'",
  ],
  ...[
    'text',
    'é',
    '\u{1f600}',
    '·',
    '\u1680',
    '\u00a0',
    '\u0085',
    '\u2028',
    ' ',
    '\t',
    '\n',
    '\r\n',
    '\r',
    ']]',
    '--',
    '-',
  ],
  ...['&amp;', '&#65;', '&#x1F600;', '&#0;', '&#x110000;', '&#xD800;', '&foo;', '&', '&#;', '&lt', '\u0001', '\ufffe'],
  ...[
    '<!--',
    '-->',
    '<!---->',
    '<!--->',
    '<![CDATA[',
    ']]>',
    '<![CDATA[]]>',
    '<!',
    '<?t',
    '?>',
    '<?t "?>',
    '<?t:u v?>',
  ],
  ...['<?xml version="1.0"?>', "<?xml version='1.1' encoding='UTF-8' standalone='no' ?>", '<?xml', '<?XML x?>'],
]

const LEAVES = [
  ...['x', ' ', '\n  ', '\r\n', '\r', 'é', 'x&amp;y', ' y', '&#13;&#9;', ']]', '\u{1f600}'],
  ...['<b/>', '<b a="1"\tc=\'"\' />', '<c\n></c >', '<d e="&#10;&#xe9;\t\r\n&lt;"></d>', '<x:y xmlns:x="u" x:z="1"/>'],
  ...[
    '<constructor/>',
    '<toString valueOf="1"/>',
    '<__proto__ prototype="1" __proto__="2"/>',
    '<a\u1680b b\u1680="c"/>',
  ],
  ...['<!--c-->', '<!--->-->', '<!---->', '<![CDATA[<x>]]]]>', '<![CDATA[]]>', '<?p?>', '<?p "q\'\r\n ?>'],
]

const { content } = fc.letrec<{ content: string }>((tie) => ({
  content: fc
    .array(
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...LEAVES) },
        { weight: 1, arbitrary: tie('content').map((inner) => `<n k='v'>${inner}</n>`) },
      ),
      { maxLength: 6 },
    )
    .map((parts) => parts.join('')),
}))

/** Well-formed documents. */
export const wellFormed = content.map((inner) => `<?xml version="1.0"?>\n<!--p--><r z="1">${inner}</r>\n`)

const pieces = (most: number) =>
  fc.array(fc.constantFrom(...PIECES), { maxLength: most }).map((parts) => parts.join(''))

/** Documents of which some are well-formed and most are nearly so. */
export const nearlyWellFormed = fc.oneof(
  pieces(12),
  pieces(8).map((inner) => `<a>${inner}</a>`),
  wellFormed,
  fc
    .tuple(wellFormed, fc.nat(), fc.nat(3), pieces(1))
    .map(([document, place, removed, piece]) => {
      const at = place % (document.length + 1)
      return document.slice(0, at) + piece + document.slice(at + removed)
    })
    // Half a pair of surrogates, which no file holds, and a version that libxml2 takes against the standard.
    .filter((document) => !/\p{Cs}|version="1\."/u.test(document)),
)

/** Subtrees to print again. White space written as references is left out: the tree cannot tell it from other. */
const PRINTED = [
  ...['x', ' ', '\n  ', ' y', 'z ', 'é', 'a&#13;b', '&gt;&lt;"\'', '\t'],
  ...['<b/>', '<c></c>', '<d> </d>', '<e b="1" xmlns:q="u" a="&quot;\'&lt;&gt;&#10;&#9;&#13;é\u{1f600}"/>', '<f>t</f>'],
  ...['<!-- c\n d -->', '<?p?>', '<?p  q r ?>', '<![CDATA[<x> ]]>'],
]

export const { printed } = fc.letrec<{ printed: string }>((tie) => ({
  printed: fc
    .tuple(
      fc.constantFrom('', '', '', ' xml:space="preserve"', ' xml:space="default"'),
      fc.array(
        fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...PRINTED) }, { weight: 2, arbitrary: tie('printed') }),
        { maxLength: 6 },
      ),
    )
    .map(([space, parts]) => `<n${space}>${parts.join('')}</n>`),
}))
