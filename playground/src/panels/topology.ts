import { make } from '../page/dom.ts'

/** The guest as a picture, each node a way to its line; the same as text for who does not see it. */
export class TopologyPanel {
  readonly #none = make('p', { className: 'empty', hidden: true, textContent: 'libvirt would not take this domain.' })
  readonly #picture = make('div', { className: 'picture', tabIndex: 0 })
  readonly #tree = make('pre', { className: 'tree', hidden: true, tabIndex: 0 })
  readonly #goTo: (line: number) => void

  constructor(panel: HTMLElement, goTo: (line: number) => void) {
    this.#goTo = goTo
    this.#picture.setAttribute('role', 'group')
    this.#picture.setAttribute('aria-label', 'Picture of the guest')
    const asText = make('input', { type: 'checkbox', id: 'as-text' })
    asText.addEventListener('change', () => {
      this.#tree.hidden = !asText.checked
      this.#picture.hidden = asText.checked
    })
    panel.append(
      make(
        'div',
        { className: 'tools' },
        make('label', { className: 'check' }, asText, ' As text'),
        'Choose a node to see its line.',
      ),
      this.#none,
      this.#picture,
      this.#tree,
    )
  }

  show(topology: { readonly svg: string; readonly tree: string } | undefined): void {
    this.#none.hidden = topology !== undefined
    this.#picture.classList.toggle('stale', topology === undefined)
    if (topology === undefined) return
    this.#tree.textContent = topology.tree
    const parsed = new DOMParser().parseFromString(topology.svg, 'image/svg+xml').documentElement
    const svg = document.importNode(parsed, true)
    svg.setAttribute('role', 'group')
    for (const node of svg.querySelectorAll<SVGGElement>('[data-line]')) this.#connect(node)
    this.#picture.replaceChildren(svg)
  }

  #connect(node: SVGGElement): void {
    const line = Number(node.dataset.line)
    node.setAttribute('role', 'button')
    node.setAttribute('tabindex', '0')
    // Its name is what stands in it, word by word; a tip of its own would be read instead.
    node.querySelector('title')?.remove()
    for (const text of node.querySelectorAll('text')) text.after(' ')
    node.setAttribute('aria-description', `line ${line}`)
    node.addEventListener('click', () => this.#goTo(line))
    node.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault()
        this.#goTo(line)
      }
    })
  }
}
