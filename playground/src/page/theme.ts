import { HighlightStyle } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** All colours are the page's own variables, which reach into the editor's shadow tree: day and night come from there. */
export const theme = EditorView.theme({
  '&': { height: '100%', fontSize: '13px', color: 'var(--text)', backgroundColor: 'var(--paper)' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'var(--paper)', color: 'var(--faint)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--line)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--selection)',
  },
  '.cm-selectionMatch': { backgroundColor: 'transparent', boxShadow: '0 0 0 1px var(--edge)' },
  '&.cm-focused .cm-matchingBracket, .cm-matchingBracket': {
    backgroundColor: 'transparent',
    outline: '1px solid var(--faint)',
  },
  '.cm-foldPlaceholder': { backgroundColor: 'var(--line)', color: 'var(--text)', border: '1px solid var(--edge)' },
  '.cm-lit-line': { backgroundColor: 'var(--lit-line)' },
  '.cm-lit': { backgroundColor: 'var(--lit)', borderRadius: '3px', boxShadow: '0 0 0 1px var(--lit-edge)' },
  // Every colour of the words is readable on it.
  '.cm-lit, .cm-lit *': { color: 'var(--text)' },
  '.cm-added': { backgroundColor: 'var(--added)', borderRadius: '2px' },
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    color: 'var(--text)',
    border: '1px solid var(--edge)',
    borderRadius: '6px',
    maxWidth: 'min(34rem, 90vw)',
    boxShadow: '0 4px 18px rgb(0 0 0 / 18%)',
  },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--on-accent)' },
  '.cm-completionInfo': { padding: '8px 12px' },
  '.cm-docs': { padding: '4px 12px' },
  '.cm-docs p, .cm-completionInfo p': { margin: '6px 0' },
  '.cm-docs code, .cm-completionInfo code': { fontFamily: 'var(--mono)', fontSize: '12px' },
  '.cm-diagnostic': { padding: '6px 10px', fontFamily: 'var(--sans)' },
  '.cm-diagnostic strong': { display: 'block', fontWeight: '600' },
  '.cm-diagnostic .hint': { margin: '2px 0' },
  '.cm-diagnostic code': { color: 'var(--faint)', fontFamily: 'var(--mono)', fontSize: '12px' },
  '.cm-diagnosticAction': {
    backgroundColor: 'var(--accent)',
    color: 'var(--on-accent)',
    borderRadius: '4px',
    padding: '3px 8px',
    font: 'inherit',
    margin: '4px 0 0',
  },
  '.cm-panels': { backgroundColor: 'var(--raised)', color: 'var(--text)' },
  '.cm-panels input, .cm-panels button': {
    color: 'inherit',
    background: 'var(--paper)',
    border: '1px solid var(--edge)',
  },
})

export const highlighting = HighlightStyle.define([
  { tag: [tags.tagName, tags.angleBracket], color: 'var(--tag)' },
  { tag: tags.attributeName, color: 'var(--name)' },
  { tag: [tags.attributeValue, tags.string], color: 'var(--value)' },
  { tag: tags.comment, color: 'var(--faint)', fontStyle: 'italic' },
  { tag: tags.invalid, color: 'var(--error)' },
])
