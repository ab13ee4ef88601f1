import { fileURLToPath } from 'node:url'
import ts from 'typescript'

/**
 * A table that stands in a module is asked for any word by `own` alone: `table[word]` finds what every object has, too, where
 * a user calls something `constructor`.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile)
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
const files = ts.sys
  .readDirectory(`${root}src`, ['.ts'])
  .filter((name) => !/\.(gen|test)\.ts$/.test(name) && !name.endsWith('/src/own.ts'))
const program = ts.createProgram(files, { ...options, noEmit: true })
const checker = program.getTypeChecker()
let failed = false

for (const name of files) {
  const file = program.getSourceFile(name)
  if (file === undefined) continue
  const visit = (node: ts.Node): void => {
    if (ts.isElementAccessExpression(node) && isTable(node.expression) && isAnyWord(node.argumentExpression)) {
      const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1
      console.error(`${name.slice(root.length)}:${line}: ${node.getText()}: ask with own() of src/own.ts`)
      failed = true
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
}
process.exitCode = failed ? 1 : 0

/** A constant of a module whose value is written there as an object. */
function isTable(expression: ts.Expression): boolean {
  let symbol = checker.getSymbolAtLocation(expression)
  if (symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol)
  const declaration = symbol?.valueDeclaration
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return false
  if (!ts.isSourceFile(declaration.parent.parent.parent)) return false
  let value = declaration.initializer
  while (value !== undefined && (ts.isSatisfiesExpression(value) || ts.isAsExpression(value))) value = value.expression
  return value !== undefined && ts.isObjectLiteralExpression(value)
}

function isAnyWord(key: ts.Expression): boolean {
  const type = checker.getTypeAtLocation(key)
  return (type.isUnion() ? type.types : [type]).some(
    ({ flags }) => flags & (ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral),
  )
}
