import type { Context, Finding } from '../context/context.ts'
import type { Noted } from '../context/inquiry.ts'
import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { printableFinding } from '../diagnostic/printable.ts'

/** `start`: unknown facts of the host refuse; `check`: they are told, and nothing is printed; `define`: no start is thought of. */
export type Purpose = 'start' | 'check' | 'define'

const record = 'run `domxml host record -o host.json` on it and give --host host.json'

/**
 * What was assumed of the host, and what nobody told, as findings: `host/assumed` (info), one for all; `host/unknown`
 * (error), one a fact, where a command line is wanted. With `strict` an assumption is an error of its own, too.
 */
export function hostFindings({ inquiry }: Context, purpose: Purpose, strict: boolean): Finding[] {
  const { assumed, unknown } = inquiry
  if (strict) return [...assumed.map(forbidden), ...unknown.map(missing)]
  return purpose === 'check' ? [] : unknown.map(missing)
}

export function hostNote({ inquiry }: Context, purpose: Purpose, strict: boolean): Diagnostic | undefined {
  const { assumed, unknown } = inquiry
  const open = purpose === 'check' ? unknown : []
  if (strict || assumed.length + open.length === 0) return undefined
  const parts = [
    ...(assumed.length > 0 ? [`Assumed: ${assumed.map(inWords).join(', ')}.`] : []),
    ...(open.length > 0 ? [`Not known: ${open.map(({ fact }) => fact.what).join(', ')}.`] : []),
  ]
  const keys = [...new Set([...assumed, ...open].map(({ fact }) => fact.key))].join(', ')
  return printableFinding({
    code: 'host/assumed',
    severity: 'info',
    message: `Not all of the host is described. ${parts.join(' ')}`,
    hint: `To describe it, ${record}, or write a host file with ${keys} (docs/host.md).`,
  })
}

const inWords = ({ fact, asker }: Noted) => (asker.says === undefined ? fact.what : `${fact.what} (${asker.says})`)

function missing({ fact, asker }: Noted): Finding {
  return {
    code: 'host/unknown',
    message: `Nobody told ${fact.what}, and it cannot be guessed.`,
    hint: `Add it to the host file (--host): ${JSON.stringify(fact.example)}; or ${record}.`,
    ...placeOf(asker),
  }
}

function forbidden(noted: Noted): Finding {
  return {
    code: 'host/assumption',
    message: `Nobody described ${noted.fact.what}${noted.asker.says === undefined ? '' : `, taken to be ${noted.asker.says}`}.`,
    hint: `Add it to the host file (--host): ${JSON.stringify(noted.fact.example)}; or ${record}.`,
    ...placeOf(noted.asker),
  }
}

const placeOf = ({ at, field, when = 'start' }: Noted['asker']) => ({ at, when, ...(field !== undefined && { field }) })
