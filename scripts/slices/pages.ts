import type { Element } from '../../src/codec/description.ts'
import type { DeviceKind, Section } from '../../src/context/unit.ts'
import { devices, domain } from '../../src/definition.ts'
import { kinds } from '../../src/devices/registry.ts'

export type AnyKind = Section & Pick<DeviceKind<never>, 'defaults' | 'gates'>

/** The elements that get a page: every device kind, and every section with an element of its own. */
export function pagesOf(): Map<Element<object>, { name: string; kind?: AnyKind }> {
  const pages = new Map<Element<object>, { name: string; kind?: AnyKind }>()
  for (const [key, field] of Object.entries(devices.shape.children ?? {})) {
    if (field.kind === 'many')
      pages.set(field.element(), { name: key, kind: kinds[key as keyof typeof kinds] as AnyKind })
  }
  for (const [key, field] of Object.entries(domain.shape.children ?? {})) {
    if ((field.kind === 'child' || field.kind === 'many') && key !== 'devices')
      pages.set(field.element(), { name: fileName(key, pages) })
  }
  return pages
}

/** The section `memory` and the device `memory` share a name. */
function fileName(key: string, pages: ReadonlyMap<unknown, { name: string }>): string {
  const taken = [...pages.values()].some(({ name }) => name === key)
  return taken ? `domain-${key}` : key
}
