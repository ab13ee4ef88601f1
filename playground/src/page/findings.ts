import type { Finding } from '../core/protocol.ts'
import { make } from './dom.ts'

export interface FindingsEvents {
  goTo(offset: number): void
  mend(finding: Finding): void
}

const order = ['error', 'warning', 'info'] as const
const plural: Record<Finding['severity'], readonly [string, string]> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  info: ['note', 'notes'],
}

/** All findings below the editor: where, what, what to do, and a button that does it. */
export class FindingsList {
  readonly #title: HTMLElement
  readonly #list: HTMLElement
  readonly #events: FindingsEvents

  constructor(title: HTMLElement, list: HTMLElement, events: FindingsEvents) {
    this.#title = title
    this.#list = list
    this.#events = events
    list.tabIndex = 0
    list.setAttribute('aria-labelledby', title.id)
  }

  show(findings: readonly Finding[]): void {
    const counts = order.flatMap((severity) => {
      const count = findings.filter((finding) => finding.severity === severity).length
      return count === 0 ? [] : [`${count} ${plural[severity][count === 1 ? 0 : 1]}`]
    })
    this.#title.textContent = counts.length === 0 ? 'No findings' : counts.join(', ')
    this.#list.replaceChildren(...findings.map((finding) => this.#item(finding)))
  }

  #item(finding: Finding): HTMLElement {
    const { severity, message, hint, code, line, span, fix } = finding
    const parts: HTMLElement[] = [make('span', { className: `badge ${severity}`, textContent: plural[severity][0] })]
    if (span !== undefined) {
      const button = make('button', { type: 'button', className: 'link', textContent: `line ${line}` })
      button.addEventListener('click', () => this.#events.goTo(span.start))
      parts.push(button)
    }
    parts.push(make('span', { className: 'message', textContent: message }))
    if (hint !== undefined) parts.push(make('span', { className: 'hint', textContent: hint }))
    parts.push(make('code', { textContent: code }))
    if (fix !== undefined) {
      const button = make('button', { type: 'button', className: 'mend', textContent: fix.title })
      button.addEventListener('click', () => this.#events.mend(finding))
      parts.push(button)
    }
    return make('li', {}, ...parts)
  }
}
