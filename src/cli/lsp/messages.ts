import {
  type CompletionItem,
  CompletionItemKind,
  DiagnosticSeverity,
  type DocumentSymbol,
  InsertTextFormat,
  type Diagnostic as LspDiagnostic,
  type Range,
  SymbolKind,
} from 'vscode-languageserver/node'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import type { Span } from '../../diagnostic/diagnostic.ts'
import type { Finding, Level, Place } from '../../lint/finding.ts'
import type { Completion } from '../../lsp/completion.ts'
import type { DocumentEntry } from '../../lsp/symbols.ts'

export function rangeOf(document: TextDocument, span: Span): Range {
  return { start: document.positionAt(span.start), end: document.positionAt(span.end) }
}

const severities: { readonly [level in Level]: DiagnosticSeverity } = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  note: DiagnosticSeverity.Information,
}

/** A finding without a place stands at the first tag. */
export function diagnosticOf(document: TextDocument, finding: Finding): LspDiagnostic {
  const first = /<[^\s/>!?]*/.exec(document.getText())
  const start = first?.index ?? 0
  const span = finding.span ?? { start, end: start + (first?.[0].length ?? 0) }
  return {
    range: rangeOf(document, span),
    severity: severities[finding.level],
    code: finding.code,
    source: 'domxml',
    message: finding.hint === undefined ? finding.message : `${finding.message}\n${finding.hint}`,
    relatedInformation: finding.related.flatMap(({ message, place }) =>
      place === undefined ? [] : [{ message, location: { uri: document.uri, range: rangeOfPlace(document, place) } }],
    ),
  }
}

/** Columns of a place count code points from 1, an editor's UTF-16 units from 0. */
function rangeOfPlace(document: TextDocument, { line, column, endLine, endColumn }: Place): Range {
  const position = (lineNumber: number, columnNumber: number) => {
    const start = { line: lineNumber - 1, character: 0 }
    const text = document.getText({ start, end: { line: lineNumber, character: 0 } })
    return { line: lineNumber - 1, character: [...text].slice(0, columnNumber - 1).join('').length }
  }
  return { start: position(line, column), end: position(endLine, endColumn) }
}

const itemKinds: { readonly [kind in Completion['kind']]: CompletionItemKind } = {
  element: CompletionItemKind.Class,
  attribute: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
}

/** `snippets`: the editor knows places to jump to; else what is written ends at the first of them. */
export function itemOf(
  document: TextDocument,
  completion: Completion,
  index: number,
  snippets: boolean,
): CompletionItem {
  const { label, kind, span, insert, detail, doc } = completion
  return {
    label,
    kind: itemKinds[kind],
    // The description's order is libvirt's own.
    sortText: String(index).padStart(4, '0'),
    filterText: filterOf(insert, label),
    insertTextFormat: snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: { range: rangeOf(document, span), newText: snippets ? insert : plain(insert) },
    ...(detail !== undefined && { detail }),
    ...(doc !== undefined && { documentation: { kind: 'markdown', value: doc } }),
  }
}

const filterOf = (insert: string, label: string) => (insert.startsWith('<') ? `<${label}` : label)

/** A snippet without its places: the first choice of each. */
function plain(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|([^,|}]*)[^}]*\}/g, '$1')
    .replace(/\$\{\d+:?([^}]*)\}|\$\d/g, (_, text: string | undefined) => text ?? '')
    .replace(/\\([\\$}])/g, '$1')
}

const symbolKinds: { readonly [kind in DocumentEntry['kind']]: SymbolKind } = {
  guest: SymbolKind.Module,
  section: SymbolKind.Property,
  device: SymbolKind.Object,
}

export function symbolOf(
  document: TextDocument,
  { name, detail, kind, span, nameSpan, children }: DocumentEntry,
): DocumentSymbol {
  return {
    name,
    detail,
    kind: symbolKinds[kind],
    range: rangeOf(document, span),
    selectionRange: rangeOf(document, nameSpan),
    children: children.map((child) => symbolOf(document, child)),
  }
}
