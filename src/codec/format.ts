import type { Element, Form } from './description.ts'
import { printElement } from './print-element.ts'

const knowsAll: Form = { knows: () => true }

/** One element as a document of its own, as libvirt lays it out: two spaces a level, values in single quotes. */
export function formatDocument<T extends object>(element: Element<T>, value: T, form = knowsAll): string {
  const { shape, tag } = element.compiled()
  return printElement('', shape, tag, value as { readonly [key: string]: unknown }, form, 0)
}
