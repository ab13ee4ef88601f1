import type { Diagnostic, Related, Span } from '../diagnostic/diagnostic.ts'

function refusal(code: string, message: string, hint: string, related?: readonly Related[]) {
  return (start: number, end: number): Diagnostic => {
    const base = { code: `xml/${code}`, severity: 'error' as const, message, span: { start, end }, hint }
    return related === undefined ? base : { ...base, related }
  }
}

/** Names come from the document and may be of any length. */
function short(name: string): string {
  return name.length > 60 ? `${name.slice(0, 57)}...` : name
}

/** Why a text is no document we read. No refusal quotes a value: a value may be a secret. */
export const malformed = {
  inputTooLarge: (limit: number) =>
    refusal(
      'input-too-large',
      `The input is longer than the limit of ${limit}.`,
      'Check that this is a domain definition; raise the input limit where it really is one.',
    ),
  tooDeep: (limit: number) =>
    refusal(
      'too-deep',
      `Elements are nested more than ${limit} deep.`,
      'Look for end tags that are missing; raise the depth limit where the nesting is meant.',
    ),
  tooManyAttributes: (name: string, limit: number) =>
    refusal(
      'too-many-attributes',
      `<${short(name)}> has more than ${limit} attributes.`,
      'Remove attributes, or raise the attribute limit where they are meant.',
    ),

  unknownEncoding: (label: string) =>
    refusal(
      'unknown-encoding',
      `The declared encoding "${short(label)}" is not known.`,
      'Save the file as UTF-8 and declare that, or leave the declaration out.',
    ),
  encodingMismatch: (label: string) =>
    refusal(
      'encoding-mismatch',
      `The declaration says "${short(label)}", but the bytes are not in that encoding.`,
      'Save the file as UTF-8 and correct the declared encoding.',
    ),
  invalidBytes: (label: string) =>
    refusal(
      'invalid-bytes',
      `Bytes here are not valid ${short(label)}.`,
      'Save the file as UTF-8, or declare the encoding it is in.',
    ),
  illegalCharacter: (code: number) =>
    refusal(
      'illegal-character',
      `The character U+${code.toString(16).toUpperCase().padStart(4, '0')} is not allowed in XML.`,
      code === 0
        ? 'Check that this is a text file, and in the encoding it declares.'
        : 'Remove it; XML has no way to write it, not even as a reference.',
    ),

  disagreement: refusal(
    'readers-disagree',
    'Two readers of this text do not agree on what it holds.',
    'The text is well-formed and this is a fault of domxml: please report it with the text.',
  ),
  doctype: refusal(
    'doctype',
    'A document type declaration is not accepted.',
    'Remove the <!DOCTYPE ...> part: a domain needs none, and entities it declares are never expanded.',
  ),
  declaration: refusal(
    'malformed-declaration',
    'The XML declaration is malformed.',
    'Write <?xml version="1.0" encoding="UTF-8"?>, in this order, or remove it.',
  ),
  misplacedDeclaration: refusal(
    'misplaced-declaration',
    'An XML declaration stands only at the very beginning.',
    'Remove it, or whatever stands before it (a blank line is enough to break it).',
  ),
  noRoot: refusal('no-root', 'The document has no element.', 'Give a whole document, with its root element.'),
  secondRoot: (name: string) =>
    refusal(
      'second-root',
      `<${short(name)}> follows the end of the root element.`,
      'A document has one root: put this element inside it, or in a file of its own.',
    ),
  outsideRoot: refusal(
    'text-outside-root',
    'Text stands outside the root element.',
    'Only comments and white space may stand there: remove the text or move it inside.',
  ),

  tag: refusal(
    'malformed-tag',
    'This "<" does not begin a tag.',
    'A tag name follows "<" at once; write &lt; for the character itself.',
  ),
  unclosedTag: (name: string) =>
    refusal('unclosed-tag', `The tag of <${short(name)}> does not end.`, 'Close the tag with ">" or "/>".'),
  endTag: refusal('malformed-end-tag', 'The end tag is malformed.', 'Write </name>, with nothing else in it.'),
  mismatchedEndTag: (found: string, open: string, opened: Span) =>
    refusal(
      'mismatched-end-tag',
      `The end tag </${short(found)}> does not match <${short(open)}>.`,
      `Close <${short(open)}> first, or correct the name.`,
      [{ message: `<${short(open)}> is opened here.`, span: opened }],
    ),
  unexpectedEndTag: (name: string) =>
    refusal(
      'unexpected-end-tag',
      `The end tag </${short(name)}> closes nothing.`,
      'Remove it, or add the start tag that it belongs to.',
    ),
  unclosedElement: (name: string) =>
    refusal(
      'unclosed-element',
      `<${short(name)}> is never closed.`,
      `Add </${short(name)}>; check that the file is complete.`,
    ),

  attribute: refusal(
    'malformed-attribute',
    'An attribute is malformed.',
    'Write name="value", or end the tag here with ">" or "/>".',
  ),
  attributeSpace: refusal(
    'missing-space',
    'There is no white space before this attribute.',
    'Put a space between the attributes.',
  ),
  attributeValue: (name: string) =>
    refusal(
      'missing-value',
      `The attribute "${short(name)}" has no value in quotes.`,
      'Write name="value": every attribute needs a value, and every value quotes.',
    ),
  unclosedValue: (name: string) =>
    refusal('unclosed-value', `The value of "${short(name)}" does not end.`, 'Add the closing quote.'),
  lessThanInValue: (name: string) =>
    refusal(
      'less-than-in-value',
      `The value of "${short(name)}" contains "<".`,
      'Write &lt; for it; check that the closing quote is there.',
    ),
  duplicateAttribute: (name: string, first: Span) =>
    refusal('duplicate-attribute', `The attribute "${short(name)}" is given twice.`, 'Keep one of the two.', [
      { message: 'It is given here first.', span: first },
    ]),

  reference: refusal('malformed-reference', 'This "&" does not begin a reference.', 'Write &amp; for the character.'),
  undeclaredEntity: refusal(
    'undeclared-entity',
    'This entity is not declared.',
    'XML knows &lt; &gt; &amp; &apos; and &quot; only: write other characters as they are, and "&" as &amp;.',
  ),
  illegalReference: refusal(
    'illegal-reference',
    'This reference names a character that XML does not allow.',
    'Remove it, or correct its number.',
  ),
  cdataEnd: refusal('cdata-end-in-text', 'Text contains "]]>".', 'Write ]]&gt; for it.'),
  unclosedCdata: refusal('unclosed-cdata', 'The CDATA section does not end.', 'Close it with "]]>".'),
  unclosedComment: refusal('unclosed-comment', 'The comment does not end.', 'Close it with "-->".'),
  hyphensInComment: refusal(
    'hyphens-in-comment',
    'A comment contains "--".',
    'Put something between the hyphens; a comment ends with "-->", not "--->".',
  ),
  markup: refusal(
    'malformed-markup',
    'This "<!" begins neither a comment nor a CDATA section.',
    'Write &lt; for the character itself.',
  ),
  instruction: refusal(
    'malformed-instruction',
    'The processing instruction is malformed.',
    'Write <?target text?>, with a name right after "<?" that is not "xml".',
  ),
}
