import type { Plugin } from 'vite'
import { callsOf } from './calls.ts'

const generator = /\/src\/codec\/generated\.ts$/
const callers = /\/src\/(codec|pipeline)\/[a-z-]+\.ts$/

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
      for (const { arguments: given } of callsOf('oftenGenerated', this.parse(code)).toReversed()) {
        kept = `${kept.slice(0, given[0]!.end)}${kept.slice(given[1]!.end)}`
      }
      return { code: kept, map: null }
    },
  }
}
