import { tells } from '../diagnostic/telling-names.ts'
import { jsonPieces } from './json.ts'
import { escapeCommas, keyValuePieces } from './key-value.ts'
import { type From, joinPieces, type Piece } from './piece.ts'
import { Properties, type PropertyScalar } from './properties.ts'

/** One word of the command line. An option starts a line of its own where the printer breaks lines. */
export interface Argument {
  readonly kind: 'option' | 'value'
  readonly pieces: readonly Piece[]
}

export interface Variable {
  readonly name: string
  readonly pieces: readonly Piece[]
}

/** A finished command line: environment, binary, arguments, each made of pieces that know where they came from. */
export interface CommandLine {
  readonly environment: readonly Variable[]
  readonly binary: Argument
  readonly args: readonly Argument[]
}

/** Which options this QEMU takes as JSON. */
export interface Spelling {
  readonly deviceJson: boolean
  readonly objectJson: boolean
  readonly netdevJson: boolean
}

/** A property of a device that the user sets over all slices; without a value it is taken away. */
export interface Override {
  readonly name: string
  readonly value: PropertyScalar | undefined
  readonly from: From
}

/** Overrides by the id of the device. */
export type Overrides = ReadonlyMap<string, readonly Override[]>

/** What slices write to. One method an option whose spelling follows a rule of its own. */
export class CommandLineBuilder {
  readonly environment: Variable[] = []
  readonly args: Argument[] = []
  readonly #spelling: Spelling
  readonly #overrides: Overrides
  #binary: Argument = { kind: 'value', pieces: [] }

  constructor(spelling: Spelling, overrides: Overrides = new Map()) {
    this.#spelling = spelling
    this.#overrides = overrides
  }

  variable(name: string, value: string, from: From): void {
    const isSecret = value !== '' && tells(name)
    this.environment.push({ name, pieces: [isSecret ? { text: value, from, redacted: '***' } : { text: value, from }] })
  }

  binary(path: string, from: From): void {
    this.#binary = { kind: 'value', pieces: [{ text: path, from }] }
  }

  /** An option without a value: `-nodefaults`. */
  flag(option: string, from: From): void {
    this.args.push({ kind: 'option', pieces: [{ text: option, from }] })
  }

  /** An option and its value, given as pieces. */
  option(option: string, pieces: readonly Piece[]): void {
    const first = pieces[0]
    if (first === undefined) return
    this.args.push({ kind: 'option', pieces: [{ text: option, from: first.from }] }, { kind: 'value', pieces })
  }

  /** An option and a value of one source. */
  text(option: string, value: string, from: From): void {
    this.option(option, [{ text: value, from }])
  }

  /** An argument of the user's own (`qemu:arg`). */
  verbatim(value: string, from: From): void {
    this.args.push({ kind: value.startsWith('-') ? 'option' : 'value', pieces: [{ text: value, from }] })
  }

  device(properties: Properties): void {
    this.#spelled('-device', this.#overridden(properties), this.#spelling.deviceJson, 'driver')
  }

  object(properties: Properties): void {
    this.#spelled('-object', properties, this.#spelling.objectJson, 'qom-type')
  }

  netdev(properties: Properties): void {
    this.#spelled('-netdev', properties, this.#spelling.netdevJson, 'type')
  }

  /** An option that is JSON in every QEMU that has it (`-blockdev`). */
  json(option: string, properties: Properties): void {
    this.option(option, jsonPieces(properties))
  }

  /** An option that is `key=value` in every QEMU; `bare` prints without its name at the front. */
  keyValue(option: string, properties: Properties, bare?: string): void {
    this.option(option, keyValuePieces(properties, bare ? { bare } : {}))
  }

  finish(): CommandLine {
    return { environment: this.environment, binary: this.#binary, args: this.args }
  }

  #overridden(properties: Properties): Properties {
    const id = properties.list.find(({ name }) => name === 'id')?.value
    const overrides = typeof id === 'string' ? this.#overrides.get(id) : undefined
    if (overrides === undefined) return properties
    const names = new Set(overrides.map(({ name }) => name))
    const result = new Properties()
    result.list.push(...properties.list.filter(({ name }) => !names.has(name)))
    for (const { name, value, from } of overrides) result.put(name, value, from)
    return result
  }

  #spelled(option: string, properties: Properties, json: boolean, bare: string): void {
    this.option(option, json ? jsonPieces(properties) : keyValuePieces(properties, { bare }))
  }
}

/** A path or name inside a `key=value` text: commas doubled. */
export function escaped(value: string, from: From, lead = ''): Piece {
  return { text: lead + escapeCommas(value), from }
}

export function argumentText(argument: Argument, redact = false): string {
  return joinPieces(argument.pieces, redact)
}
