import type { Diagnostic, Span } from '../../diagnostic/diagnostic.ts'
import { printableFinding } from '../../diagnostic/printable.ts'
import { didYouMean, onlyMeant } from '../../diagnostic/suggest.ts'
import { computed, raised } from '../rules/catalogue.gen.ts'
import type { Config } from './config.ts'

const codes: ReadonlySet<string> = new Set(raised.map(({ code }) => code))
const patterns = computed.map((code) => new RegExp(`^${code.replaceAll('…', '[a-z0-9-]+')}$`))

/** True for a code that something raises, and for `room/*` with at least one such code. */
export function isKnownCode(key: string): boolean {
  if (codes.has(key) || key === '*' || patterns.some((pattern) => pattern.test(key))) return true
  return key.endsWith('*') && raised.some(({ code }) => code.startsWith(key.slice(0, -1)))
}

/**
 * `config/unknown-code` (warning): a rule in the configuration that nothing raises, so that the line does nothing.
 * @param places where each value stands, by JSON pointer
 */
export function unknownCodes(config: Config, places: ReadonlyMap<string, Span>): Diagnostic[] {
  const all = [
    ['/rules', config.rules] as const,
    ...(config.overrides ?? []).map(({ rules }, index) => [`/overrides/${index}/rules`, rules] as const),
  ]
  return all.flatMap(([pointer, rules]) =>
    Object.keys(rules ?? {}).flatMap((key) => {
      if (isKnownCode(key)) return []
      const span = places.get(`${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)
      return [finding(key, span ?? places.get(pointer))]
    }),
  )
}

function finding(key: string, span: Span | undefined): Diagnostic {
  const near = onlyMeant(key, [...codes]) ?? didYouMean(key, codes)
  return printableFinding({
    code: 'config/unknown-code',
    severity: 'warning',
    message: `No finding has the code ${key}: the line does nothing.`,
    hint: near === undefined ? 'See `domxml explain` for all codes.' : `Did you mean ${near}?`,
    span,
  })
}
