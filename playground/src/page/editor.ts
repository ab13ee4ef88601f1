import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { xml } from '@codemirror/lang-xml'
import { bracketMatching, foldGutter, foldKeymap, syntaxHighlighting } from '@codemirror/language'
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { EditorState, StateEffect, StateField } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLine,
  hoverTooltip,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import type { Span } from '../../../src/diagnostic/diagnostic.ts'
import type { Completion } from '../../../src/lsp/completion.ts'
import type { Hover } from '../../../src/lsp/hover.ts'
import type { Finding } from '../core/protocol.ts'
import { make } from './dom.ts'
import { markdown } from './markdown.ts'
import { searching } from './search.ts'
import { highlighting, theme } from './theme.ts'

export interface EditorEvents {
  changed(text: string): void
  /** The pointer or the caret is at a place of the text; undefined: it left. */
  pointed(offset: number | undefined): void
  completions(text: string, offset: number): Promise<readonly Completion[]>
  hover(text: string, offset: number): Promise<Hover | undefined>
}

const light = StateEffect.define<readonly Span[]>()

/** What the command line points at. */
const lit = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, transaction) => {
    let next = marks.map(transaction.changes)
    for (const effect of transaction.effects) {
      if (!effect.is(light)) continue
      const { doc } = transaction.state
      const ranges = effect.value.flatMap(({ start, end }) => {
        const last = Math.min(end, doc.length)
        const from = Math.min(start, last)
        const line = Decoration.line({ class: 'cm-lit-line' }).range(doc.lineAt(from).from)
        return from < last ? [line, Decoration.mark({ class: 'cm-lit' }).range(from, last)] : [line]
      })
      next = Decoration.set(ranges, true)
    }
    return next
  },
  provide: (field) => EditorView.decorations.from(field),
})

/** The XML on the left. It lives in a shadow tree, where the editor's own styles need no exception from the policy. */
export class XmlEditor {
  readonly view: EditorView
  readonly #apply: (finding: Finding) => void

  constructor(parent: HTMLElement, text: string, events: EditorEvents) {
    const root = parent.attachShadow({ mode: 'open' })
    this.#apply = (finding) => this.mend(finding)
    let pointing: number | undefined
    let isTyping = false
    this.view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: text,
        extensions: [
          lineNumbers(),
          foldGutter(),
          history(),
          drawSelection(),
          bracketMatching(),
          highlightActiveLine(),
          xml(),
          syntaxHighlighting(highlighting),
          theme,
          lit,
          lintGutter(),
          hoverTooltip((view, offset) => hover(view, offset, events)),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': 'Domain XML', spellcheck: 'false', tabindex: '0' }),
          searching,
          keymap.of([...lintKeymap, ...foldKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab]),
          EditorView.updateListener.of(({ docChanged, selectionSet, state }) => {
            if (docChanged) events.changed(state.doc.toString())
            if (docChanged || selectionSet) events.pointed(state.selection.main.head)
          }),
          EditorView.domEventHandlers({
            mousemove: (event, view) => {
              const offset = view.posAtCoords({ x: event.clientX, y: event.clientY }) ?? undefined
              if (offset !== pointing) events.pointed(offset)
              pointing = offset
            },
            // Completions have no part in the first sight of the page.
            focus: (_, view) => {
              if (!isTyping) void import('./completion.ts').then(({ addCompletion }) => addCompletion(view, events))
              isTyping = true
            },
            mouseleave: () => {
              pointing = undefined
              events.pointed(undefined)
            },
          }),
        ],
      }),
    })
  }

  get text(): string {
    return this.view.state.doc.toString()
  }

  /** Another document: nothing of the one before is kept but the way back. */
  replace(text: string): void {
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text }, selection: { anchor: 0 } })
  }

  edit(edits: readonly { readonly span: Span; readonly text: string }[]): void {
    const changes = edits.map(({ span, text }) => ({ from: span.start, to: span.end, insert: text }))
    this.view.dispatch({ changes, userEvent: 'input.mend' })
  }

  mend({ fix }: Finding): void {
    if (fix === undefined) return
    this.edit(fix.edits)
    this.view.focus()
  }

  /** Shows findings where they are. Those without a place are in the list only. */
  show(findings: readonly Finding[]): void {
    const most = this.view.state.doc.length
    const shown = findings.flatMap((finding): Diagnostic[] => {
      if (finding.span === undefined) return []
      const { message, hint, code, severity, fix } = finding
      const actions = fix === undefined ? [] : [{ name: fix.title, apply: () => this.#apply(finding) }]
      return [
        {
          from: Math.min(finding.span.start, most),
          to: Math.min(finding.span.end, most),
          severity,
          message: hint === undefined ? message : `${message} ${hint}`,
          renderMessage: () =>
            make(
              'div',
              {},
              make('strong', { textContent: message }),
              ...(hint === undefined ? [] : [make('div', { className: 'hint', textContent: hint })]),
              make('code', { textContent: code }),
            ),
          actions,
        },
      ]
    })
    this.view.dispatch(setDiagnostics(this.view.state, shown))
  }

  /** Lights up places, and brings the first into view. */
  light(spans: readonly Span[]): void {
    const most = this.view.state.doc.length
    const within = spans.filter(({ start }) => start <= most)
    const first = within[0]
    this.view.dispatch({ effects: light.of(within) })
    if (first !== undefined) this.#reveal(first.start)
  }

  /** Scrolls the editor alone: the page must not move away below the pointer. */
  #reveal(offset: number): void {
    const { scrollDOM } = this.view
    const { top, bottom } = this.view.lineBlockAt(offset)
    const { scrollTop, clientHeight } = scrollDOM
    if (top < scrollTop || bottom > scrollTop + clientHeight) scrollDOM.scrollTop = top - clientHeight / 3
  }

  /** Puts the caret at a place and shows it. */
  goTo(offset: number): void {
    const anchor = Math.min(offset, this.view.state.doc.length)
    this.view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) })
    this.view.focus()
  }

  goToLine(line: number): void {
    this.goTo(this.view.state.doc.line(Math.min(line, this.view.state.doc.lines)).from)
  }
}

async function hover(view: EditorView, offset: number, events: EditorEvents) {
  const found = await events.hover(view.state.doc.toString(), offset)
  if (found === undefined) return null
  const { span, text } = found
  return {
    pos: Math.min(span.start, view.state.doc.length),
    end: Math.min(span.end, view.state.doc.length),
    create: () => ({ dom: make('div', { className: 'cm-docs' }, ...markdown(text)) }),
  }
}
