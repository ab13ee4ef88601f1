import { xml } from '@codemirror/lang-xml'
import { syntaxHighlighting } from '@codemirror/language'
import { EditorState, StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, hoverTooltip, lineNumbers } from '@codemirror/view'
import type { Mark } from '../core/protocol.ts'
import { make } from '../page/dom.ts'
import { highlighting, theme } from '../page/theme.ts'
import { saidOf } from './command-line.ts'

const mark = StateEffect.define<readonly Mark[]>()

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (set, transaction) => {
    const given = transaction.effects.find((effect) => effect.is(mark))
    if (given === undefined) return set.map(transaction.changes)
    return Decoration.set(
      given.value.map(({ span, kind, label }) => {
        const title = `added: ${saidOf({ kind, label })}`
        return Decoration.mark({ class: 'cm-added', attributes: { title } }).range(span.start, span.end)
      }),
      true,
    )
  },
  provide: (field) => EditorView.decorations.from(field),
})

/** The definition as libvirt keeps it; what nobody wrote is marked with the rule that added it. */
export class CompletedPanel {
  readonly #view: EditorView
  readonly #none = make('p', { className: 'empty', hidden: true, textContent: 'libvirt would not take this domain.' })
  readonly #host = make('div', { className: 'editor' })
  #marks: readonly Mark[] = []

  constructor(panel: HTMLElement) {
    const root = this.#host.attachShadow({ mode: 'open' })
    this.#view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        extensions: [
          lineNumbers(),
          xml(),
          syntaxHighlighting(highlighting),
          theme,
          marks,
          EditorState.readOnly.of(true),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': 'Completed XML', 'aria-readonly': 'true', tabindex: '0' }),
          hoverTooltip((_, offset) => this.#tip(offset)),
        ],
      }),
    })
    const note = make(
      'p',
      { className: 'said' },
      make('span', { className: 'swatch' }),
      ' added by libvirt; point at it to see why',
    )
    panel.append(note, this.#none, this.#host)
  }

  show(completed: { readonly xml: string; readonly marks: readonly Mark[] } | undefined): void {
    this.#none.hidden = completed !== undefined
    this.#host.classList.toggle('stale', completed === undefined)
    if (completed === undefined) return
    this.#marks = completed.marks
    const changes = { from: 0, to: this.#view.state.doc.length, insert: completed.xml }
    this.#view.dispatch({ changes, effects: mark.of(completed.marks) })
  }

  #tip(offset: number) {
    const found = this.#marks.findLast(({ span }) => span.start <= offset && offset <= span.end)
    if (found === undefined) return null
    const { span, kind, label } = found
    const dom = () => ({ dom: make('div', { className: 'cm-docs', textContent: saidOf({ kind, label }) }) })
    return { pos: span.start, end: span.end, create: dom }
  }
}
