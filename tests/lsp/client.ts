import { type ChildProcess, spawn } from 'node:child_process'
import {
  type CodeAction,
  type CompletionItem,
  createProtocolConnection,
  type Diagnostic,
  type DocumentSymbol,
  type Hover,
  type InitializeParams,
  type Location,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
} from 'vscode-languageserver-protocol/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { bundle } from '../cli/run.ts'

/** An editor with one document, speaking to the real process over its standard input and output. */
export class Client {
  readonly #process: ChildProcess
  readonly connection: ProtocolConnection
  readonly messages: string[] = []
  readonly #uri: string
  #document: TextDocument
  readonly #published: PublishDiagnosticsParams[] = []
  #wake: () => void = () => {}

  /** @param folder the folder that is open, with the document in it */
  constructor(folder = '/w') {
    this.#uri = `file://${folder}/guest.xml`
    this.#document = TextDocument.create(this.#uri, 'xml', 0, '')
    this.#process = spawn(process.execPath, [bundle(), 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] })
    this.connection = createProtocolConnection(
      new StreamMessageReader(this.#process.stdout!),
      new StreamMessageWriter(this.#process.stdin!),
    )
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.#published.push(params)
      this.#wake()
    })
    this.connection.onNotification('window/showMessage', ({ message }: { message: string }) => {
      this.messages.push(message)
    })
    this.connection.listen()
  }

  static async start(settings: object = {}, folder = '/w'): Promise<Client> {
    const client = new Client(folder)
    const params: InitializeParams = {
      processId: process.pid,
      rootUri: `file://${folder}`,
      capabilities: {},
      workspaceFolders: null,
      initializationOptions: settings,
    }
    await client.connection.sendRequest('initialize', params)
    await client.connection.sendNotification('initialized', {})
    return client
  }

  get text(): string {
    return this.#document.getText()
  }

  /** Opens the document, or replaces all of it. `|` marks a place and is not part of it. */
  async write(marked: string): Promise<Position> {
    const at = marked.indexOf('|')
    const text = at < 0 ? marked : marked.slice(0, at) + marked.slice(at + 1)
    const { version } = this.#document
    this.#document = TextDocument.create(this.#uri, 'xml', version + 1, text)
    const item = { uri: this.#uri, version: version + 1 }
    if (version === 0) {
      await this.connection.sendNotification('textDocument/didOpen', {
        textDocument: { ...item, languageId: 'xml', text },
      })
    } else {
      await this.connection.sendNotification('textDocument/didChange', {
        textDocument: item,
        contentChanges: [{ text }],
      })
    }
    return this.#document.positionAt(at < 0 ? 0 : at)
  }

  /** Types at a place, as an editor tells it: only what changed. */
  async type(position: Position, text: string): Promise<void> {
    const version = this.#document.version + 1
    const contentChanges = [{ range: { start: position, end: position }, text }]
    this.#document = TextDocument.update(this.#document, contentChanges, version)
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: this.#uri, version },
      contentChanges,
    })
  }

  /** What is found in the document as it stands now. */
  async diagnostics(): Promise<Diagnostic[]> {
    for (;;) {
      const found = this.#published.findLast(({ version }) => version === this.#document.version)
      if (found !== undefined) return found.diagnostics
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  complete(position: Position): Promise<CompletionItem[]> {
    return this.#ask('textDocument/completion', { position })
  }

  hover(position: Position): Promise<Hover | null> {
    return this.#ask('textDocument/hover', { position })
  }

  definition(position: Position): Promise<Location[]> {
    return this.#ask('textDocument/definition', { position })
  }

  symbols(): Promise<DocumentSymbol[]> {
    return this.#ask('textDocument/documentSymbol', {})
  }

  format(): Promise<TextEdit[]> {
    return this.#ask('textDocument/formatting', { options: { tabSize: 2, insertSpaces: true } })
  }

  actions(diagnostic?: Diagnostic): Promise<CodeAction[]> {
    const start = { line: 0, character: 0 }
    const range = diagnostic?.range ?? { start, end: start }
    return this.#ask('textDocument/codeAction', { range, context: { diagnostics: diagnostic ? [diagnostic] : [] } })
  }

  applied(edits: readonly TextEdit[]): string {
    return TextDocument.applyEdits(this.#document, [...edits])
  }

  editsOf(action: CodeAction | undefined): TextEdit[] {
    return action?.edit?.changes?.[this.#uri] ?? []
  }

  /** Ends as an editor does, and gives the exit status. */
  async stop(): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.#process.once('exit', resolve))
    await this.connection.sendRequest('shutdown')
    await this.connection.sendNotification('exit')
    return ended
  }

  #ask<T>(method: string, params: object): Promise<T> {
    return this.connection.sendRequest<T>(method, { textDocument: { uri: this.#uri }, ...params })
  }
}
