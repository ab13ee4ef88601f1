import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { backtracks } from './regex/backtracks.ts'

/** No regular expression may take time that grows faster than its text: none repeats what repeats inside. */
const src = fileURLToPath(new URL('../src', import.meta.url))
let failed = false

for (const file of sources(src)) {
  const text = readFileSync(file, 'utf8')
  if (!text.includes('/')) continue
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node) && backtracks(node.text)) {
      console.error(`${file.slice(src.length + 1)}: ${node.text} backtracks: a group that repeats holds what repeats`)
      failed = true
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest))
}
process.exitCode = failed ? 1 : 0

function* sources(folder: string): Iterable<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) yield* sources(path)
    else if (/(?<!\.gen|\.test)\.ts$/.test(name)) yield path
  }
}
