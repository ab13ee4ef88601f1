import { type CodeAction, CodeActionKind, type Range, type TextEdit } from 'vscode-languageserver/node'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import type { ConvertOptions } from '../../conversion.ts'
import { applyFixes, type Edit, type Fix } from '../../diagnostic/fix.ts'
import type { Finding } from '../../lint/finding.ts'
import { editBetween, formatText, losesSomething } from '../../lsp/format.ts'
import { diagnosticOf, rangeOf } from './messages.ts'

const edits = (document: TextDocument, list: readonly Edit[]): TextEdit[] =>
  list.map(({ span, text }) => ({ range: rangeOf(document, span), newText: text }))

function touches(a: Range, b: Range): boolean {
  const before = (x: Range, y: Range) =>
    x.end.line < y.start.line || (x.end.line === y.start.line && x.end.character < y.start.character)
  return !before(a, b) && !before(b, a)
}

/** The mends of the findings in a range, and what can be done with the whole document. */
export function actionsFor(
  document: TextDocument,
  range: Range,
  findings: readonly Finding[],
  options: ConvertOptions | undefined,
): CodeAction[] {
  const change = (list: readonly Edit[]) => ({ changes: { [document.uri]: edits(document, list) } })
  const actions: CodeAction[] = []
  for (const finding of findings) {
    const shown = diagnosticOf(document, finding)
    if (finding.fix === undefined || !touches(shown.range, range)) continue
    actions.push({
      title: finding.fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [shown],
      isPreferred: finding.fix.safe,
      edit: change(finding.fix.edits),
    })
  }
  const text = document.getText()
  const safe = findings.map(({ fix }) => fix).filter((fix): fix is Fix => fix?.safe === true)
  const mended = editBetween(text, applyFixes(text, safe).text)
  if (mended !== undefined) {
    actions.push({ title: 'Mend all that is certain', kind: CodeActionKind.SourceFixAll, edit: change([mended]) })
  }
  const complete = options && formatText(text, 'complete', options)
  const completed = complete === undefined ? undefined : editBetween(text, complete)
  if (completed !== undefined) {
    const loses = losesSomething(text, []) ? ' (comments are lost)' : ''
    actions.push({
      title: `Complete the definition as libvirt does${loses}`,
      kind: `${CodeActionKind.Source}.complete`,
      edit: change([completed]),
    })
  }
  return actions
}
