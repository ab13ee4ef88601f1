import type { Diagnostic } from '../../diagnostic/diagnostic.ts'

const directiveComment = /<!--\s*domxml-[\s\S]*?-->/g

/**
 * People write `<!-- domxml-disable CODE -- reason -->`, as in other linters, and XML (so libvirt) refuses the `--`. The
 * linter says so, offers the colon, and reads on: `text` has other characters there, in the same places.
 */
export function withoutHyphens(text: string): { readonly text: string; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  const readable = text.replace(directiveComment, (comment, at: number) => {
    const body = comment.slice('<!--'.length, -'-->'.length)
    const start = at + '<!--'.length
    const mended = body.replace(/(\s*)(-{2,})(?=\s|$)/g, (found, space: string, hyphens: string, offset: number) => {
      const end = start + offset + found.length
      diagnostics.push({
        code: 'xml/hyphens-in-comment',
        severity: 'error',
        when: 'define',
        message: 'A comment contains "--": libvirt refuses the document.',
        hint: 'Write the reason behind a colon: <!-- domxml-disable-next-line CODE: reason -->',
        span: { start: end - hyphens.length, end },
        fix: { title: 'Write a colon.', edits: [{ span: { start: start + offset, end }, text: ':' }], safe: true },
      })
      return `${space}${':'.padEnd(hyphens.length)}`
    })
    return `<!--${mended}-->`
  })
  return { text: readable, diagnostics }
}
