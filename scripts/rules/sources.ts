import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { globSync } from 'tinyglobby'
import ts from 'typescript'
import type { RaisedRule as DatedRule } from '../../src/lint/rules/catalogue.ts'

/** What the sources say; when a code came first they do not know. */
type RaisedRule = Omit<DatedRule, 'since'>

const src = fileURLToPath(new URL('../../src/', import.meta.url))
const isCode = /^[a-z][a-z0-9-]*\/[a-z0-9][a-z0-9-]*$/
/** Options of a field that are codes. */
const fieldCodes: { readonly [option: string]: string } = {
  missing: 'Something that must be there is missing.',
  invalid: 'A value cannot be read.',
}

export interface Collected {
  readonly rules: readonly RaisedRule[]
  /** Codes that are put together at run time and could not be told: `room/…`. */
  readonly computed: readonly string[]
}

interface Sourced {
  readonly file: ts.SourceFile
  readonly calls: Map<string, ts.CallExpression[]>
}

/** Every code that the sources raise, with what they say about it. */
export function collectRules(): Collected {
  const names = globSync('**/*.ts', { cwd: src })
    .filter((name) => !/\.(test|gen|bench)\.ts$|(^|\/)rules\.ts$|testing/.test(name))
    .sort()
  const files = names.map((name) => sourced(name))
  const calls = new Map<string, ts.CallExpression[]>()
  for (const file of files)
    for (const [name, list] of file.calls) calls.set(name, [...(calls.get(name) ?? []), ...list])
  const found = new Map<string, RaisedRule>()
  const computed = new Set<string>()
  const add = (rule: RaisedRule) => {
    const known = found.get(rule.code)
    if (known === undefined || known.message.length < rule.message.length) found.set(rule.code, rule)
  }
  for (const { file } of files) visit(file, add, computed, calls)
  const complete = (rule: RaisedRule) => (rule.message === '' ? { ...rule, ...saidBeside(rule.code, calls) } : rule)
  return {
    rules: [...found.values()].map(complete).sort((a, b) => (a.code < b.code ? -1 : 1)),
    computed: [...computed].sort(),
  }
}

function sourced(name: string): Sourced {
  const file = ts.createSourceFile(name, readFileSync(src + name, 'utf8'), ts.ScriptTarget.Latest, true)
  const calls = new Map<string, ts.CallExpression[]>()
  const walk = (node: ts.Node) => {
    if (ts.isCallExpression(node)) {
      const callee = node.expression
      const called = ts.isIdentifier(callee)
        ? callee.text
        : ts.isPropertyAccessExpression(callee)
          ? callee.name.text
          : ''
      calls.set(called, [...(calls.get(called) ?? []), node])
    }
    ts.forEachChild(node, walk)
  }
  walk(file)
  return { file, calls }
}

function visit(
  file: ts.SourceFile,
  add: (rule: RaisedRule) => void,
  computed: Set<string>,
  calls: ReadonlyMap<string, readonly ts.CallExpression[]>,
): void {
  const walk = (node: ts.Node) => {
    if (ts.isPropertyAssignment(node)) {
      const name = node.name.getText(file)
      const general = fieldCodes[name]
      if (name === 'code') {
        for (const code of codesIn(node.initializer, calls, computed)) add(ruleOf(code, node.parent))
      } else if (general !== undefined) {
        for (const code of stringsIn(node.initializer)) {
          const doc = textOf(propertyOf(node.parent, 'doc'))
          if (isCode.test(code)) add({ code, severity: 'error', message: general, hint: doc })
        }
      }
    }
    // `const code = '…'`, `refuse('…', …)`: a code that goes on its way by another name.
    if (ts.isCallExpression(node)) {
      for (const argument of node.arguments) {
        if (ts.isStringLiteral(argument) && isCode.test(argument.text) && !isOrigin(node)) {
          const [, ...rest] = node.arguments
          const texts = rest.flatMap((it) => textOf(it) ?? [])
          add({ code: argument.text, severity: 'error', message: texts[0] ?? '', hint: texts[1] })
        }
      }
    }
    if (ts.isVariableDeclaration(node) && node.initializer && /code$/i.test(node.name.getText(file))) {
      for (const code of stringsIn(node.initializer)) {
        if (isCode.test(code)) add({ code, severity: 'error', message: '', hint: undefined })
      }
    }
    ts.forEachChild(node, walk)
  }
  walk(file)
}

/** Calls whose text is the name of a rule that writes, not of a finding. */
function isOrigin({ expression }: ts.CallExpression): boolean {
  return !/^(refuse|problem|error|warn|report|complain|deny|finding|unsupported|\w*[cC]heck\w*|\w*Gate)$/.test(
    ts.isIdentifier(expression)
      ? expression.text
      : ts.isPropertyAccessExpression(expression)
        ? expression.name.text
        : '',
  )
}

/** Every text that an expression may be: both sides of a choice. */
function stringsIn(node: ts.Node): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text]
  if (ts.isConditionalExpression(node)) return [...stringsIn(node.whenTrue), ...stringsIn(node.whenFalse)]
  if (ts.isBinaryExpression(node)) return [...stringsIn(node.left), ...stringsIn(node.right)]
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return stringsIn(node.expression)
  return []
}

function codesIn(
  node: ts.Expression,
  calls: ReadonlyMap<string, readonly ts.CallExpression[]>,
  computed: Set<string>,
): string[] {
  if (!ts.isTemplateExpression(node)) return stringsIn(node).filter((text) => isCode.test(text))
  const [span] = node.templateSpans
  const tails = node.templateSpans.length === 1 && span ? valuesOf(span.expression, calls) : []
  if (tails.length === 0) {
    const pattern = node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('')
    if (pattern !== '…/…') computed.add(pattern)
  }
  return tails.map((tail) => `${node.head.text}${tail}${span!.literal.text}`).filter((code) => isCode.test(code))
}

/** What a caller of a helper says beside a part of a code: the texts that follow it. */
function saidBeside(
  code: string,
  calls: ReadonlyMap<string, readonly ts.CallExpression[]>,
): Pick<RaisedRule, 'message' | 'hint'> | undefined {
  const tail = code.slice(code.indexOf('/') + 1)
  for (const list of calls.values()) {
    for (const { arguments: given } of list) {
      const index = given.findIndex((it) => ts.isStringLiteral(it) && it.text === tail)
      if (index < 0) continue
      const texts = given
        .slice(index + 1)
        .flatMap((it) => textOf(it) ?? [])
        .filter((it) => it.includes(' '))
      if (texts[0] !== undefined) return { message: texts[0], hint: texts[1] }
    }
  }
  return undefined
}

/** The texts that callers hand over for a parameter of the function around. */
function valuesOf(node: ts.Expression, calls: ReadonlyMap<string, readonly ts.CallExpression[]>): string[] {
  if (!ts.isIdentifier(node)) return stringsIn(node)
  for (let outer: ts.Node = node; outer.parent !== undefined; outer = outer.parent) {
    if (!ts.isFunctionLike(outer)) continue
    const named =
      outer.name?.getText() ?? (ts.isVariableDeclaration(outer.parent) ? outer.parent.name.getText() : undefined)
    const index = outer.parameters.findIndex((it) => it.name.getText() === node.text)
    if (named === undefined) continue
    // Only an exported function is called from other files.
    const file = outer.getSourceFile()
    const isExported =
      ts.isFunctionDeclaration(outer) && outer.modifiers?.some((it) => it.kind === ts.SyntaxKind.ExportKeyword)
    const own = (calls.get(named) ?? []).filter((call) => isExported || call.getSourceFile() === file)
    if (index >= 0) return own.flatMap((call) => (call.arguments[index] ? stringsIn(call.arguments[index]) : []))
    const destructured = outer.parameters.findIndex(
      ({ name }) => ts.isObjectBindingPattern(name) && name.elements.some((it) => it.name.getText() === node.text),
    )
    if (destructured >= 0) {
      return own.flatMap((call) => {
        const object = call.arguments[destructured]
        const property = object && ts.isObjectLiteralExpression(object) ? propertyOf(object, node.text) : undefined
        return property === undefined ? [] : stringsIn(property)
      })
    }
  }
  return []
}

function propertyOf(object: ts.Node, name: string): ts.Expression | undefined {
  if (!ts.isObjectLiteralExpression(object)) return undefined
  const property = object.properties.find((it) => it.name?.getText() === name)
  return property && ts.isPropertyAssignment(property) ? property.initializer : undefined
}

function ruleOf(code: string, object: ts.ObjectLiteralExpression): RaisedRule {
  const message = textOf(propertyOf(object, 'message'))
  const what = textOf(propertyOf(object, 'what'))
  const needs = textOf(propertyOf(object, 'needs'))
  return {
    code,
    severity: severityOf(object),
    message: message ?? (what === undefined ? '' : `This QEMU has no ${what}.`),
    hint: textOf(propertyOf(object, 'hint')),
    ...(needs !== undefined && { needs }),
  }
}

function severityOf(object: ts.ObjectLiteralExpression): RaisedRule['severity'] {
  const said = textOf(propertyOf(object, 'severity'))
  if (said === 'warning' || said === 'info' || said === 'error') return said
  const call = object.parent
  const callee =
    ts.isCallExpression(call) && ts.isPropertyAccessExpression(call.expression) && call.expression.name.text
  return callee === 'warn' ? 'warning' : 'error'
}

/** A text with … where something is put in at run time. */
function textOf(node: ts.Expression | undefined): string | undefined {
  if (node === undefined) return undefined
  if (ts.isStringLiteralLike(node)) return node.text
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('')
  }
  if (ts.isConditionalExpression(node)) return textOf(node.whenTrue) ?? textOf(node.whenFalse)
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const parts = [textOf(node.left), textOf(node.right)]
    return parts.every((it) => it === undefined) ? undefined : parts.map((it) => it ?? '…').join('')
  }
  if (ts.isIdentifier(node)) return undefined
  return undefined
}
