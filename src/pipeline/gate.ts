import type { Context } from '../context/context.ts'
import type { Gate } from '../context/unit.ts'

/** The object of a device that asks for a gate's fact: what stands at its place, or whose attribute does, with its value. */
export function askedBy<T extends object>(gate: Gate<T>, device: T, context: Context): object | undefined {
  if (gate.when !== undefined) return gate.when(device, context)
  if (gate.path === '.') return device
  let owner: object = device
  for (const step of gate.path.split('/')) {
    const isAttribute = step.startsWith('@')
    const found = (owner as { readonly [field: string]: unknown })[isAttribute ? step.slice(1) : step]
    if (found === undefined || (gate.is !== undefined && isAttribute && found !== gate.is)) return undefined
    if (isAttribute || typeof found !== 'object' || found === null) return owner
    owner = found
  }
  return owner
}
