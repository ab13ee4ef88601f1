import { autocompletion, type Completion as EditorCompletion, snippet } from '@codemirror/autocomplete'
import { StateEffect } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import { make } from './dom.ts'
import type { EditorEvents } from './editor.ts'
import { markdown } from './markdown.ts'

/** What fits where one types, as the core says. */
export function addCompletion(view: EditorView, events: EditorEvents): void {
  const completion = autocompletion({
    override: [(context) => complete(context.state.doc.toString(), context.pos, context.explicit, events)],
  })
  view.dispatch({ effects: StateEffect.appendConfig.of(completion) })
}

async function complete(text: string, offset: number, explicit: boolean, events: EditorEvents) {
  const before = text[offset - 1] ?? ''
  if (!explicit && !/[<\w'"/:.-]/.test(before) && !(before === ' ' && /<[^>]*$/.test(text.slice(0, offset))))
    return null
  const found = await events.completions(text, offset)
  const first = found[0]
  if (first === undefined) return null
  // In content everything fits everywhere: only where it is asked for.
  if (!explicit && first.insert.startsWith('<')) return null
  return {
    from: first.span.start,
    to: Math.max(first.span.end, offset),
    validFor: /^[\w:.-]*$/,
    options: found.map(
      ({ label, insert, detail, doc, kind }, index): EditorCompletion => ({
        label,
        type: kind === 'element' ? 'class' : kind === 'attribute' ? 'property' : 'enum',
        // The order is libvirt's own.
        boost: -Math.min(index, 99),
        apply: snippet(plainSnippet(insert)),
        ...(detail !== undefined && { detail }),
        ...(doc !== undefined && { info: () => make('div', {}, ...markdown(doc)) }),
      }),
    ),
  }
}

/** An editor's snippet in this editor's words: a choice becomes its first value. */
function plainSnippet(text: string): string {
  return text
    .replace(/\$\{(\d+)\|([^,|}]*)[^}]*\}/g, (_, stop, first) => `\${${stop}:${first}}`)
    .replace(/\$(\d)/g, (_, stop) => `\${${stop}}`)
}
