import type { Plugin } from 'vite'

/** By the file of a library: what stands for it. The parser makes objects of these classes, but never asks them anything. */
const instead: readonly (readonly [file: RegExp, code: string])[] = [
  // Runs only where it is asked to, which nobody does: our reader finds more, and says where.
  [/\/fast-xml-parser\/src\/validator\.js$/, 'export function validate() { throw new Error("left out of the page") }'],
  // Our reader refuses document types before the parser sees them.
  [
    /\/fast-xml-parser\/src\/xmlparser\/DocTypeReader\.js$/,
    'export default class { setXmlVersion() {} readDocType() { throw new Error("left out of the page") } }',
  ],
  // Texts are decoded by our reader, which knows where they stand.
  [
    /\/@nodable\/entities\/src\/EntityDecoder\.js$/,
    `export const ENTITY_ACTION = {}
     export default class { reset() {} setXmlVersion() {} decode() { throw new Error("left out of the page") } }`,
  ],
]

/** What the parser's library can do beyond a tree of elements and texts, which is all that the page has of it. */
export function withoutParsing(): Plugin {
  return {
    name: 'without-parsing',
    load: (id) => instead.find(([file]) => file.test(id))?.[1] ?? null,
  }
}
