import type { Diagnostic, Span } from '../../diagnostic/diagnostic.ts'
import { didYouMean } from '../../diagnostic/suggest.ts'
import type { XmlComment, XmlElement } from '../../xml/tree.ts'
import { type Directive, directiveWords, readComment, type Scope } from './directive.ts'

export interface Collected {
  readonly directives: readonly Directive[]
  /** Comments that mean to speak to the linter, but do not. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * All directives of a document. Raises `lint/unknown-directive`, `lint/directive-without-code`.
 * @param text what `root` was read from
 */
export function collectDirectives(text: string, root: XmlElement): Collected {
  const directives: Directive[] = []
  const diagnostics: Diagnostic[] = []
  if (!text.includes('<!--')) return { directives, diagnostics }
  const whole = { start: 0, end: text.length }
  const read = (comment: string, span: Span, cover: (scope: Scope) => Span) => {
    const said = readComment(comment)
    if (said === undefined) return
    const { scope, codes, reason } = said
    if (scope === undefined) diagnostics.push(unknownDirective(said.word, span))
    else if (codes.length === 0) diagnostics.push(withoutCode(span))
    else directives.push({ scope, codes, reason, span, covers: cover(scope) })
  }
  // What stands around the root is not part of the tree. No element is there, so the whole file is meant.
  for (const around of [
    { start: 0, end: root.span.start },
    { start: root.span.end, end: text.length },
  ]) {
    for (const found of text.slice(around.start, around.end).matchAll(/<!--([\s\S]*?)-->/g)) {
      const start = around.start + found.index
      const span = { start, end: start + found[0].length }
      read(found[1]!, span, (scope) =>
        scope === 'next-line' ? nextLine(text, span, around.end <= root.span.start ? root : undefined) : whole,
      )
    }
  }
  for (const { comment, parent, next } of commentsIn(root)) {
    read(comment.value, comment.span, (scope) => {
      if (scope === 'file') return whole
      if (scope === 'rest') return { start: comment.span.end, end: parent.span.end }
      if (scope === 'next-line') return nextLine(text, comment.span, next)
      return next === undefined ? { start: comment.span.end, end: comment.span.end } : next.span
    })
  }
  return { directives, diagnostics }
}

interface Met {
  readonly comment: XmlComment
  readonly parent: XmlElement
  /** The element behind the comment. */
  readonly next: XmlElement | undefined
}

function* commentsIn(element: XmlElement): Iterable<Met> {
  let waiting: XmlComment[] = []
  for (const child of element.children) {
    if (child.kind === 'comment') waiting.push(child)
    if (child.kind !== 'element') continue
    for (const comment of waiting) yield { comment, parent: element, next: child }
    waiting = []
    yield* commentsIn(child)
  }
  for (const comment of waiting) yield { comment, parent: element, next: undefined }
}

/** The line behind a comment's own, and the whole start tag of the element that follows, which may have several lines. */
function nextLine(text: string, comment: Span, next: XmlElement | undefined): Span {
  const lineEnd = (from: number) => {
    const end = /\r\n?|\n|$/g
    end.lastIndex = from
    return { at: end.exec(text)?.index ?? text.length, next: end.lastIndex }
  }
  const line = lineEnd(lineEnd(comment.end).next).at
  return { start: comment.end, end: Math.max(line, next?.contentSpan.start ?? 0) }
}

function unknownDirective(word: string, span: Span): Diagnostic {
  const near = didYouMean(word, directiveWords)
  return {
    code: 'lint/unknown-directive',
    severity: 'warning',
    message: `${word} is no word that domxml lint knows: the comment does nothing.`,
    hint: near === undefined ? `Write one of ${directiveWords.join(', ')}.` : `Did you mean ${near}?`,
    span,
  }
}

function withoutCode(span: Span): Diagnostic {
  return {
    code: 'lint/directive-without-code',
    severity: 'warning',
    message: 'The comment names no code: it disables nothing.',
    hint: 'Name the code that the finding shows in brackets; * stands for all.',
    span,
  }
}
