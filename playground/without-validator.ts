import type { Plugin } from 'vite'

const validator = /\/fast-xml-parser\/src\/validator\.js$/

/** The parser's own validator runs only where it is asked to, which nobody does: our reader finds more, and says where. */
export function withoutValidator(): Plugin {
  return {
    name: 'without-validator',
    load: (id) =>
      validator.test(id) ? 'export function validate() { throw new Error("left out of the page") }' : null,
  }
}
