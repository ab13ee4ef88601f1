import { argumentText, type CommandLine } from './command-line.ts'
import { joinPieces } from './piece.ts'
import { shellQuote } from './quote.ts'

export interface PrintOptions {
  /** Secrets (tokens, passwords) print as `***`. */
  readonly redact?: boolean
}

/**
 * The command line for a shell: one environment variable, the binary, or one option with its value a line, joined by a
 * backslash and a newline. Ends with a newline.
 */
export function printShell(line: CommandLine, { redact = false }: PrintOptions = {}): string {
  let out = ''
  for (const { name, pieces } of line.environment) out += `${name}=${shellQuote(joinPieces(pieces, redact))} \\\n`
  out += shellQuote(argumentText(line.binary, redact))
  for (const argument of line.args) {
    out += argument.kind === 'option' ? ' \\\n' : ' '
    out += shellQuote(argumentText(argument, redact))
  }
  return `${out}\n`
}

/** One word a line, unquoted; environment first. A newline inside a word prints as `\n`. */
export function printLines(line: CommandLine, { redact = false }: PrintOptions = {}): string {
  const words = line.environment.map(({ name, pieces }) => `${name}=${joinPieces(pieces, redact)}`)
  words.push(...[line.binary, ...line.args].map((argument) => argumentText(argument, redact)))
  return `${words.map((word) => word.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')).join('\n')}\n`
}

export interface JsonCommandLine {
  readonly env: { readonly [name: string]: string }
  readonly binary: string
  readonly args: readonly string[]
}

/** The command line as data: what `execve` takes. */
export function toJson(line: CommandLine, { redact = false }: PrintOptions = {}): JsonCommandLine {
  return {
    env: Object.fromEntries(line.environment.map(({ name, pieces }) => [name, joinPieces(pieces, redact)])),
    binary: argumentText(line.binary, redact),
    args: line.args.map((argument) => argumentText(argument, redact)),
  }
}
