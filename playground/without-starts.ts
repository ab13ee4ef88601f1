import type { Plugin } from 'vite'

const startFile = /\/launch(-[a-z]+)?\.ts$/

/**
 * The page converts, and starts no guest: what plans a start (`export function launch…` of the slices) is left out of it, with
 * all that nothing else uses.
 */
export function withoutStarts(): Plugin {
  return {
    name: 'without-starts',
    enforce: 'post',
    transform(code, id) {
      if (!startFile.test(id)) return null
      let kept = code
      for (const statement of this.parse(code).body.toReversed()) {
        if (statement.type !== 'ExportNamedDeclaration' || statement.declaration?.type !== 'FunctionDeclaration')
          continue
        const { id: name, body } = statement.declaration
        if (!name?.name.startsWith('launch') || body === null) continue
        kept = `${kept.slice(0, body.start)}{}${kept.slice(body.end)}`
      }
      return { code: kept, map: null }
    },
  }
}
