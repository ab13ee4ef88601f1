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
import type { Diagnostic, Severity, Span } from '../../diagnostic/diagnostic.ts'
import type { Completion } from '../../lsp/completion.ts'
import type { DocumentEntry } from '../../lsp/symbols.ts'

export function rangeOf(document: TextDocument, span: Span): Range {
  return { start: document.positionAt(span.start), end: document.positionAt(span.end) }
}

const severities: { readonly [severity in Severity]: DiagnosticSeverity } = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
}

/** A finding without a place stands at the first tag. */
export function diagnosticOf(document: TextDocument, finding: Diagnostic): LspDiagnostic {
  const first = /<[^\s/>!?]*/.exec(document.getText())
  const start = first?.index ?? 0
  const span = finding.span ?? { start, end: start + (first?.[0].length ?? 0) }
  return {
    range: rangeOf(document, span),
    severity: severities[finding.severity],
    code: finding.code,
    source: 'domxml',
    message: finding.hint === undefined ? finding.message : `${finding.message}\n${finding.hint}`,
    relatedInformation: (finding.related ?? []).flatMap(({ message, span: other }) =>
      other === undefined ? [] : [{ message, location: { uri: document.uri, range: rangeOf(document, other) } }],
    ),
  }
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
