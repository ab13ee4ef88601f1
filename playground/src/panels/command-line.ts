import type { Span } from '../../../src/diagnostic/diagnostic.ts'
import type { Converted, CopyFormat, Piece, Row, Source } from '../core/protocol.ts'
import { make } from '../page/dom.ts'

export interface CommandLineEvents {
  /** A piece is pointed at; undefined: no longer. */
  pointed(piece: Piece | undefined): void
  copy(format: CopyFormat): void
  showSecrets(show: boolean): void
}

/** What decided a piece, in words. */
const words: { readonly [kind in Source['kind']]: string } = {
  xml: 'line',
  default: 'default',
  implicit: 'added by',
  address: 'address rule',
  rule: 'rule',
  capability: 'QEMU has',
  machine: 'machine has',
  host: 'host says',
  assumed: 'assumed of the host',
}

export function saidOf({ kind, label, line }: Source): string {
  return kind === 'xml' ? `line ${line}: ${label}` : `${words[kind]} ${label}`
}

interface Shown {
  piece: Piece
  readonly element: HTMLElement
  readonly row: number
}

const kindOf = ({ sources }: Piece): Source['kind'] => sources[0]?.kind ?? 'rule'
const lookOf = (piece: Piece) => [piece.text, kindOf(piece)]

/** One argument a line; every piece of it knows where it came from. Arrow keys go from piece to piece. */
export class CommandLinePanel {
  readonly #list = make('ol', { className: 'arguments' })
  readonly #said = make('p', { className: 'said' })
  readonly #none = make('p', { className: 'empty', hidden: true })
  readonly #events: CommandLineEvents
  #pieces: Shown[] = []
  #look = ''
  #current = 0

  constructor(panel: HTMLElement, events: CommandLineEvents) {
    this.#events = events
    this.#said.setAttribute('aria-live', 'polite')
    this.#list.setAttribute('aria-label', 'Arguments; arrow keys go from part to part')
    const secrets = make('input', { type: 'checkbox', id: 'secrets' })
    secrets.addEventListener('change', () => events.showSecrets(secrets.checked))
    const copies = (['shell', 'lines', 'json'] as const).map((format) => {
      const button = make('button', { type: 'button', textContent: format === 'json' ? 'JSON' : format })
      button.addEventListener('click', () => events.copy(format))
      return button
    })
    panel.append(
      make(
        'div',
        { className: 'tools' },
        make('span', { className: 'group' }, 'Copy as ', ...copies),
        make('label', { className: 'check' }, secrets, ' Show secrets'),
        legend(),
      ),
      this.#said,
      this.#none,
      this.#list,
    )
    this.#list.addEventListener('keydown', (event) => this.#walk(event))
    this.#list.addEventListener('mouseleave', () => this.#point(undefined))
    this.#say(undefined)
  }

  show({ rows, findings }: Converted): void {
    this.#none.hidden = rows !== undefined
    this.#list.classList.toggle('stale', rows === undefined)
    if (rows === undefined) {
      const errors = findings.filter(({ severity }) => severity === 'error').length
      this.#none.textContent = `No command line: ${errors === 1 ? 'one error stands' : `${errors} errors stand`} in the way.`
      return
    }
    // While one types, mostly only places move: then what is drawn stays.
    const look = JSON.stringify(rows.map(({ option, pieces }) => [option, pieces.map(lookOf)]))
    if (look === this.#look) {
      rows
        .flatMap(({ pieces }) => pieces)
        .forEach((piece, index) => {
          this.#pieces[index]!.piece = piece
        })
      return
    }
    this.#look = look
    this.#pieces = []
    this.#list.replaceChildren(...rows.map((row, index) => this.#row(row, index)))
    this.#current = 0
    this.#pieces[0]?.element.setAttribute('tabindex', '0')
  }

  /** Lights up what came from a place of the XML: the pieces of exactly that value, else those of its line. */
  light(offset: number | undefined, line: number | undefined): void {
    const exact = (source: Source) =>
      offset !== undefined && source.span !== undefined && source.span.start <= offset && offset <= source.span.end
    const chosen = this.#pieces.filter(({ piece }) => piece.sources.some(exact))
    const ofLine = (source: Source) => line !== undefined && source.line === line
    const found = chosen.length > 0 ? chosen : this.#pieces.filter(({ piece }) => piece.sources.some(ofLine))
    const lit = new Set(found)
    for (const one of this.#pieces) one.element.classList.toggle('lit', lit.has(one))
    if (document.activeElement === null || !this.#list.contains(document.activeElement)) {
      if (found[0] !== undefined) this.#reveal(found[0].element)
    }
  }

  /** Scrolls the list alone: the page must not move away below the pointer. */
  #reveal(element: HTMLElement): void {
    const { top, bottom } = element.getBoundingClientRect()
    const frame = this.#list.getBoundingClientRect()
    if (top < frame.top || bottom > frame.bottom) this.#list.scrollTop += top - frame.top - frame.height / 3
  }

  #row({ option, pieces }: Row, row: number): HTMLElement {
    const value = make('span', { className: option === '' || option.endsWith('=') ? 'value' : 'value hanging' })
    for (const piece of pieces) {
      const kind = kindOf(piece)
      const element = make('span', { className: 'piece', textContent: piece.text, tabIndex: -1, data: { kind } })
      element.setAttribute('role', 'button')
      const index = this.#pieces.length
      element.addEventListener('mouseenter', () => this.#point(index))
      element.addEventListener('focus', () => this.#point(index))
      element.addEventListener('click', () => element.focus())
      this.#pieces.push({ piece, element, row })
      value.append(element)
    }
    return make('li', {}, ...(option === '' ? [] : [make('span', { className: 'option', textContent: option })]), value)
  }

  #point(index: number | undefined): void {
    const piece = index === undefined ? undefined : this.#pieces[index]
    for (const { element } of this.#pieces) element.classList.toggle('lit', element === piece?.element)
    if (piece !== undefined) {
      this.#pieces[this.#current]?.element.setAttribute('tabindex', '-1')
      this.#current = index ?? 0
      piece.element.setAttribute('tabindex', '0')
    }
    this.#say(piece?.piece)
    this.#events.pointed(piece?.piece)
  }

  #say(piece: Piece | undefined): void {
    this.#said.textContent =
      piece === undefined
        ? 'Point at a part of the command line to see where it comes from.'
        : piece.sources.map(saidOf).join(' · ') || 'from the domain as a whole'
  }

  #walk(event: KeyboardEvent): void {
    const { row } = this.#pieces[this.#current] ?? { row: 0 }
    const goals: { readonly [key: string]: () => number } = {
      ArrowRight: () => this.#current + 1,
      ArrowLeft: () => this.#current - 1,
      ArrowDown: () => this.#pieces.findIndex((piece) => piece.row > row),
      ArrowUp: () => this.#pieces.findIndex((piece) => piece.row === row - 1),
      Home: () => 0,
      End: () => this.#pieces.length - 1,
    }
    const goal = goals[event.key]?.()
    const target = goal === undefined ? undefined : this.#pieces[goal]
    if (target === undefined) return
    event.preventDefault()
    target.element.focus()
  }
}

export function spansOf(piece: Piece | undefined): Span[] {
  return (piece?.sources ?? []).flatMap(({ span }) => (span === undefined ? [] : [span]))
}

function legend(): HTMLElement {
  const entry = (kind: Source['kind'], text: string) =>
    make('span', { className: 'piece', textContent: text, data: { kind } })
  return make(
    'span',
    { className: 'legend' },
    entry('xml', 'your XML'),
    entry('rule', 'a rule'),
    entry('capability', 'QEMU'),
    entry('assumed', 'the host'),
  )
}
