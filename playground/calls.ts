interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
}

export interface Call extends Node {
  readonly callee: { readonly type: string; readonly name?: string }
  readonly arguments: readonly Node[]
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value

/** The outermost calls of a function in a piece of syntax (as a bundler parses it), in the order in which they stand. */
export function callsOf(name: string, syntax: object): Call[] {
  const call = syntax as Call
  if (call.type === 'CallExpression' && call.callee.name === name) return [call]
  return Object.values(syntax)
    .flat()
    .filter(isNode)
    .flatMap((node) => callsOf(name, node))
}
