import type { Plugin } from 'vite'

const rowsFile = /\/capabilities\/rows\/[a-z]+\.ts$/

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
}
interface RowCall extends Node {
  readonly callee: { readonly type: string; readonly name?: string }
  readonly arguments: readonly Node[]
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value

/** The calls of `row` in a piece of syntax, in the order in which they stand. */
function rowCalls(node: Node): RowCall[] {
  const call = node as RowCall
  if (node.type === 'CallExpression' && call.callee.name === 'row') return [call]
  return Object.values(node).flat().filter(isNode).flatMap(rowCalls)
}

/**
 * The page asks which release looks for a capability, and never what it stands for or which of QEMU's answers shows it:
 * that is left out of it, with all that nothing else uses.
 */
export function withoutEvidence(): Plugin {
  return {
    name: 'without-evidence',
    enforce: 'post',
    transform(code, id) {
      if (!rowsFile.test(id)) return null
      let kept = code
      for (const { arguments: given } of rowCalls(this.parse(code) as unknown as Node).toReversed()) {
        kept = `${kept.slice(0, given[0]!.start)}'', undefined${kept.slice(given[1]!.end)}`
      }
      return { code: kept, map: null }
    },
  }
}
