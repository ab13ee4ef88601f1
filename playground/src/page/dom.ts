/** Makes an element: properties, then children. Text is always text, never markup. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<Omit<HTMLElementTagNameMap[K], 'dataset'>> & {
    readonly data?: Readonly<Record<string, string>>
  } = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const { data, ...rest } = properties
  const element = Object.assign(document.createElement(tag), rest)
  for (const [key, value] of Object.entries(data ?? {})) element.dataset[key] = value
  element.append(...children)
  return element
}

/** The element of that id; the page has it. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`the page has no #${id}`)
  return found as T
}

export function fillSelect(
  select: HTMLSelectElement,
  options: readonly (readonly [value: string, text: string])[],
  value: string,
) {
  select.replaceChildren(...options.map(([option, text]) => make('option', { value: option, textContent: text })))
  select.value = value
}
