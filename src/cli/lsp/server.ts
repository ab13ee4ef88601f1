import { fileURLToPath } from 'node:url'
import {
  type Connection,
  createConnection,
  DidChangeConfigurationNotification,
  type InitializeParams,
  type InitializeResult,
  MessageType,
  type ShowMessageParams,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import type { Finding } from '../../lint/finding.ts'
import { completionsAt } from '../../lsp/completion.ts'
import { definitionsAt } from '../../lsp/definition.ts'
import { editBetween, formatText } from '../../lsp/format.ts'
import { hoverAt } from '../../lsp/hover.ts'
import { type Document, outlineOf } from '../../lsp/outline.ts'
import { symbolsOf } from '../../lsp/symbols.ts'
import { version } from '../../version.ts'
import { actionsFor } from './findings.ts'
import { diagnosticOf, itemOf, rangeOf, symbolOf } from './messages.ts'
import { Project } from './project.ts'
import { type EditorSettings, readSettings } from './settings.ts'

/** How long typing must rest before a document is checked, in milliseconds. */
const rest = 40

const abilities: InitializeResult['capabilities'] = {
  textDocumentSync: TextDocumentSyncKind.Incremental,
  completionProvider: { triggerCharacters: ['<', '/', ' ', "'", '"'] },
  hoverProvider: true,
  definitionProvider: true,
  documentSymbolProvider: true,
  documentFormattingProvider: true,
  codeActionProvider: { codeActionKinds: ['quickfix', 'source.fixAll', 'source.complete'] },
}

/** Serves the editor on standard input and output until it says `exit`. */
export function serve(): void {
  new Server(createConnection(process.stdin, process.stdout)).listen()
}

class Server {
  readonly #connection: Connection
  readonly #documents = new TextDocuments(TextDocument)
  readonly #project: Project
  readonly #outlines = new WeakMap<TextDocument, { version: number; outline: Document }>()
  readonly #waiting = new Map<string, ReturnType<typeof setTimeout>>()
  readonly #found = new Map<string, { version: number; findings: readonly Finding[] }>()
  #settings: EditorSettings = readSettings(undefined, undefined)
  #folder: string | undefined
  #client: InitializeParams['capabilities'] = {}
  #ready: Promise<void> = Promise.resolve()

  constructor(connection: Connection) {
    this.#connection = connection
    this.#project = new Project(this.#settings, (problem) => {
      const message: ShowMessageParams = { type: MessageType.Error, message: `domxml: ${problem}` }
      void connection.sendNotification('window/showMessage', message)
    })
  }

  listen(): void {
    const connection = this.#connection
    connection.onInitialize((params) => this.#initialize(params))
    connection.onInitialized(() => this.#initialized())
    connection.onDidChangeConfiguration(({ settings }) => this.#configure(settings?.domxml))
    connection.onCompletion(({ textDocument, position }) =>
      this.#answer(textDocument.uri, [], async (document) => {
        const outline = this.#outline(document)
        const capabilities = await this.#project.capabilities(document.uri, outline)
        const snippets = this.#client.textDocument?.completion?.completionItem?.snippetSupport === true
        const found = completionsAt(outline, document.offsetAt(position), capabilities)
        return found.map((completion, index) => itemOf(document, completion, index, snippets))
      }),
    )
    connection.onHover(({ textDocument, position }) =>
      this.#answer(textDocument.uri, null, async (document) => {
        const outline = this.#outline(document)
        const capabilities = await this.#project.capabilities(document.uri, outline)
        const hover = hoverAt(outline, document.offsetAt(position), capabilities)
        return hover
          ? { range: rangeOf(document, hover.span), contents: { kind: 'markdown', value: hover.text } }
          : null
      }),
    )
    connection.onDefinition(({ textDocument, position }) =>
      this.#answer(textDocument.uri, [], async (document) =>
        definitionsAt(this.#outline(document), document.offsetAt(position)).map((span) => ({
          uri: document.uri,
          range: rangeOf(document, span),
        })),
      ),
    )
    connection.onDocumentSymbol(({ textDocument }) =>
      this.#answer(textDocument.uri, [], async (document) =>
        symbolsOf(this.#outline(document)).map((symbol) => symbolOf(document, symbol)),
      ),
    )
    connection.onDocumentFormatting(({ textDocument }) =>
      this.#answer(textDocument.uri, [], async (document) => {
        const before = document.getText()
        const target = await this.#project.target(document.uri, this.#outline(document))
        const after = target && formatText(before, this.#settings.format, target)
        const edit = after === undefined ? undefined : editBetween(before, after)
        return edit ? [{ range: rangeOf(document, edit.span), newText: edit.text }] : []
      }),
    )
    connection.onCodeAction(({ textDocument, range }) =>
      this.#answer(textDocument.uri, [], async (document) => {
        const target = await this.#project.target(document.uri, this.#outline(document))
        return actionsFor(document, range, await this.#findings(document), target)
      }),
    )
    connection.onDidChangeWatchedFiles(() => this.#reload())
    this.#documents.onDidSave(() => this.#reload())
    this.#documents.onDidChangeContent(({ document }) => this.#schedule(document))
    this.#documents.onDidClose(({ document }) => this.#forget(document))
    this.#documents.listen(connection)
    connection.listen()
  }

  #initialize(params: InitializeParams): InitializeResult {
    this.#client = params.capabilities
    const uri = params.workspaceFolders?.[0]?.uri ?? params.rootUri
    this.#folder = uri?.startsWith('file:') ? fileURLToPath(uri) : undefined
    this.#use(params.initializationOptions)
    return { capabilities: abilities, serverInfo: { name: 'domxml', version } }
  }

  #initialized(): void {
    if (this.#client.workspace?.didChangeConfiguration?.dynamicRegistration) {
      void this.#connection.client.register(DidChangeConfigurationNotification.type, { section: 'domxml' })
    }
    if (this.#client.workspace?.configuration) this.#configure(undefined)
  }

  /** An editor that can be asked is asked; another one sends the settings along. */
  #configure(sent: unknown): void {
    const asked = this.#client.workspace?.configuration
      ? this.#connection.workspace.getConfiguration('domxml')
      : Promise.resolve(sent)
    this.#ready = asked.then((settings: unknown) => {
      if (settings !== null && settings !== undefined) this.#use(settings)
      for (const document of this.#documents.all()) this.#schedule(document)
    })
  }

  /** A configuration, a host file or a table may have changed. */
  #reload(): void {
    this.#project.reload()
    this.#found.clear()
    for (const document of this.#documents.all()) this.#schedule(document)
  }

  #use(given: unknown): void {
    this.#settings = readSettings(given, this.#folder)
    this.#project.use(this.#settings)
    this.#found.clear()
  }

  async #answer<T>(uri: string, none: T, answer: (document: TextDocument) => Promise<T>): Promise<T> {
    await this.#ready
    const document = this.#documents.get(uri)
    return document === undefined ? none : answer(document)
  }

  #outline(document: TextDocument): Document {
    const known = this.#outlines.get(document)
    if (known?.version === document.version) return known.outline
    const outline = outlineOf(document.getText())
    this.#outlines.set(document, { version: document.version, outline })
    return outline
  }

  async #findings(document: TextDocument): Promise<readonly Finding[]> {
    const known = this.#found.get(document.uri)
    if (known?.version === document.version) return known.findings
    const { version: checked } = document
    const findings = await this.#project.findings(document.uri, document.getText())
    this.#found.set(document.uri, { version: checked, findings })
    return findings
  }

  #schedule(document: TextDocument): void {
    clearTimeout(this.#waiting.get(document.uri))
    this.#waiting.set(
      document.uri,
      setTimeout(() => void this.#publish(document), rest),
    )
  }

  async #publish(document: TextDocument): Promise<void> {
    await this.#ready
    const { uri, version: checked } = document
    const findings = await this.#findings(document)
    // Typed on in the meantime: the next check tells.
    if (document.version !== checked || this.#documents.get(uri) === undefined) return
    const diagnostics = findings.map((finding) => diagnosticOf(document, finding))
    await this.#connection.sendDiagnostics({ uri, version: checked, diagnostics })
  }

  #forget({ uri }: TextDocument): void {
    clearTimeout(this.#waiting.get(uri))
    this.#waiting.delete(uri)
    this.#found.delete(uri)
    void this.#connection.sendDiagnostics({ uri, diagnostics: [] })
  }
}
