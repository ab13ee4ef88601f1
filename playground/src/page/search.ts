import { StateEffect } from '@codemirror/state'
import { type EditorView, keymap } from '@codemirror/view'

const extended = new WeakSet<EditorView>()

/** Search is loaded when it is first asked for: it has no part in the first sight of the page. */
async function openSearch(view: EditorView): Promise<void> {
  const { highlightSelectionMatches, openSearchPanel, searchKeymap } = await import('@codemirror/search')
  if (!extended.has(view)) {
    extended.add(view)
    view.dispatch({ effects: StateEffect.appendConfig.of([keymap.of(searchKeymap), highlightSelectionMatches()]) })
  }
  openSearchPanel(view)
}

export const searching = keymap.of([
  {
    key: 'Mod-f',
    run: (view) => {
      void openSearch(view)
      return true
    },
  },
])
