import { argumentText, type CommandLine } from '../../src/argv/command-line.ts'
import { joinPieces, type Piece } from '../../src/argv/piece.ts'
import { toJson } from '../../src/argv/print.ts'
import type { Origins } from '../../src/origin/origin.ts'

const ruleName = /^[a-z0-9-]+(\/[a-z0-9.-]+)+$/

/**
 * Where a command line breaks the law of provenance: the pieces of each argument join to what is printed, and each
 * piece has an origin or names a rule.
 */
export function provenanceFaults(line: CommandLine, origins: Origins): string[] {
  const words = [...line.environment, line.binary, ...line.args]
  const printed = toJson(line)
  const texts = [...line.environment.map(({ name }) => printed.env[name]), printed.binary, ...printed.args]
  const faults: string[] = []
  words.forEach(({ pieces }, index) => {
    const joined = joinPieces(pieces)
    if (joined !== texts[index]) faults.push(`the pieces join to ${joined}, printed is ${texts[index]}`)
    for (const piece of pieces) {
      const fault = faultOf(piece, origins)
      if (fault !== undefined) faults.push(`${fault} in ${argumentText({ kind: 'value', pieces }, true)}`)
    }
  })
  return faults
}

function faultOf({ text, redacted, from }: Piece, origins: Origins): string | undefined {
  const shown = redacted ?? text
  switch (from.kind) {
    case 'field': {
      const strange = from.fields.find((field) => !(field in from.owner))
      if (strange !== undefined)
        return `'${shown}' is said to come from ${strange || 'no field'}, which its owner has not`
      const found = from.fields.some((field) => origins.of(from.owner, field) !== undefined)
      if (found || (from.fields.length === 0 && origins.of(from.owner) !== undefined)) return undefined
      return `'${shown}' is said to come from ${from.fields.join(', ')}, of which no origin is known`
    }
    case 'rule':
    case 'default':
    case 'implicit':
    case 'address':
      return ruleName.test(from.rule) ? undefined : `'${shown}' names the rule '${from.rule}'`
    case 'capability':
      return from.flag === '' ? `'${shown}' names no capability` : undefined
    case 'host':
      return from.fact === '' ? `'${shown}' names no host fact` : undefined
    case 'xml':
      return from.span.end > from.span.start ? undefined : `'${shown}' comes from an empty place`
  }
}
