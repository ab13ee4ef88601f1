import type { Element, Shape } from '../../src/codec/description.ts'
import { docOf } from '../../src/codec/field.ts'

/** The attributes and texts below an element that no doc describes, as paths. An element in several places is told once. */
export function undocumentedFields(root: Element<object>): string[] {
  const seen = new Set<Element<object>>([root])
  const found: string[] = []
  const visit = (shape: Shape, path: string) => {
    for (const [key, field] of Object.entries(shape.attributes ?? {})) {
      if (!docOf(field)) found.push(`${path}/@${field.name ?? key}`)
    }
    for (const [key, field] of Object.entries(shape.children ?? {})) {
      if (field.kind === 'choice') for (const variant of Object.values(field.variants)) visit(variant, path)
      else if (field.kind === 'child' || field.kind === 'many') {
        const element = field.element()
        if (seen.has(element)) continue
        seen.add(element)
        visit(element.shape, `${path}/${field.name ?? key}`)
      } else if (!docOf(field)) found.push(`${path}/${field.name ?? key}`)
    }
  }
  visit(root.shape, root.name)
  return found
}
