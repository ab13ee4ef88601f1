import type { Context } from '../context/context.ts'
import type { Gate } from '../context/unit.ts'

interface PathStep {
  readonly field: string
  readonly isAttribute: boolean
}

const known = new Map<string, readonly PathStep[]>()

/** A path taken apart, once: gates are few, and each is asked of every device of its kind. */
function stepsOf(path: string): readonly PathStep[] {
  let steps = known.get(path)
  if (steps === undefined) {
    steps = path.split('/').map((step) => {
      const isAttribute = step.startsWith('@')
      return { field: isAttribute ? step.slice(1) : step, isAttribute }
    })
    known.set(path, steps)
  }
  return steps
}

/** The object of a device that asks for a gate's fact: what stands at its place, or whose attribute does, with its value. */
export function askedBy<T extends object>(gate: Gate<T>, device: T, context: Context): object | undefined {
  if (gate.when !== undefined) return gate.when(device, context)
  if (gate.path === '.') return device
  let owner: object = device
  for (const { field, isAttribute } of stepsOf(gate.path)) {
    const found = (owner as { readonly [field: string]: unknown })[field]
    if (found === undefined || (gate.is !== undefined && isAttribute && found !== gate.is)) return undefined
    if (isAttribute || typeof found !== 'object' || found === null) return owner
    owner = found
  }
  return owner
}
