import type { Plugin } from 'vite'

const generator = /\/src\/codec\/generated\.ts$/
const callers = /\/src\/(codec|pipeline)\/[a-z-]+\.ts$/

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
}
interface Call extends Node {
  readonly callee: { readonly type: string; readonly name?: string }
  readonly arguments: readonly Node[]
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value

/** The outermost calls of `oftenGenerated` in a piece of syntax, in the order in which they stand. */
function calls(node: Node): Call[] {
  const call = node as Call
  if (node.type === 'CallExpression' && call.callee.name === 'oftenGenerated') return [call]
  return Object.values(node).flat().filter(isNode).flatMap(calls)
}

/**
 * The page converts one domain at a time, by tables: code that is made of the descriptions pays for many, and what makes it
 * is left out of the page.
 */
export function withoutGenerated(): Plugin {
  return {
    name: 'without-generated',
    enforce: 'post',
    transform(code, id) {
      if (generator.test(id)) return { code: 'export const oftenGenerated = (plain) => ({ now: plain })', map: null }
      if (!callers.test(id) || !code.includes('oftenGenerated(')) return null
      let kept = code
      for (const { arguments: given } of calls(this.parse(code) as unknown as Node).toReversed()) {
        kept = `${kept.slice(0, given[0]!.end)}${kept.slice(given[1]!.end)}`
      }
      return { code: kept, map: null }
    },
  }
}
