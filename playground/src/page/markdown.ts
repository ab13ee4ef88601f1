import { make } from './dom.ts'

/** Paragraphs with `code` and **strong** words: all that the descriptions use. */
export function markdown(text: string): HTMLElement[] {
  return text.split(/\n{2,}|\n(?=QEMU:)/).map((paragraph) => {
    const parts = paragraph.split(/(\*\*[^*]+\*\*|`[^`]+`)/).map((part) => {
      if (part.startsWith('**')) return make('strong', { textContent: part.slice(2, -2).replaceAll('`', '') })
      return part.startsWith('`') ? make('code', { textContent: part.slice(1, -1) }) : part
    })
    return make('p', {}, ...parts)
  })
}
