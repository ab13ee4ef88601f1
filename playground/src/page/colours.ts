import { topologyDark, topologyLight } from '../../../src/topology/svg/style.ts'
import { byId } from './dom.ts'

type Colours = 'system' | 'light' | 'dark'
const next: { readonly [colours in Colours]: Colours } = { system: 'light', light: 'dark', dark: 'system' }
const said: { readonly [colours in Colours]: string } = { system: 'as the system', light: 'light', dark: 'dark' }

/** Day and night: as the system is, until the button says otherwise. The picture's own colours follow. */
export function connectColours(): void {
  const button = byId<HTMLButtonElement>('theme')
  const system = matchMedia('(prefers-color-scheme: dark)')
  const picture = new CSSStyleSheet()
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, picture]
  let colours: Colours = 'system'
  const show = () => {
    const dark = colours === 'dark' || (colours === 'system' && system.matches)
    document.documentElement.dataset.colours = dark ? 'dark' : 'light'
    picture.replaceSync(dark ? topologyLight + topologyDark : topologyLight)
    button.setAttribute('aria-label', `Colours: ${said[colours]}`)
    button.title = `Colours: ${said[colours]}`
  }
  button.addEventListener('click', () => {
    colours = next[colours]
    show()
  })
  system.addEventListener('change', show)
  show()
}
