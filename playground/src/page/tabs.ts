import { byId } from './dom.ts'

export const tabNames = ['command', 'completed', 'changes', 'topology'] as const
export type Tab = (typeof tabNames)[number]

/** Tabs as the ARIA practices describe them: arrows go from one to the next, the panel follows. */
export class Tabs {
  #current: Tab = 'command'
  readonly #chosen: (tab: Tab) => void

  constructor(chosen: (tab: Tab) => void) {
    this.#chosen = chosen
    tabNames.forEach((name, index) => {
      const button = byId(`tab-${name}`)
      button.addEventListener('click', () => this.choose(name))
      button.addEventListener('keydown', ({ key }) => {
        const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0
        if (step === 0) return
        const next = tabNames[(index + step + tabNames.length) % tabNames.length]!
        this.choose(next)
        byId(`tab-${next}`).focus()
      })
    })
  }

  get current(): Tab {
    return this.#current
  }

  choose(name: string): void {
    const tab = tabNames.find((known) => known === name) ?? 'command'
    this.#current = tab
    for (const other of tabNames) {
      const button = byId(`tab-${other}`)
      button.setAttribute('aria-selected', String(other === tab))
      button.tabIndex = other === tab ? 0 : -1
      byId(`panel-${other}`).hidden = other !== tab
    }
    this.#chosen(tab)
  }
}
