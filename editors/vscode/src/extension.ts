import { join } from 'node:path'
import { type ExtensionContext, workspace } from 'vscode'
import { LanguageClient, TransportKind } from 'vscode-languageclient/node'

let client: LanguageClient | undefined

/** Starts the server: the one inside the extension, or the `domxml` that the settings name. */
export async function activate(context: ExtensionContext): Promise<void> {
  const path = workspace.getConfiguration('domxml').get<string>('path')
  const own = {
    module: join(context.extensionPath, 'dist', 'server', 'main.js'),
    args: ['lsp'],
    transport: TransportKind.stdio,
  }
  const server = path ? { command: path, args: ['lsp'], transport: TransportKind.stdio } : own
  client = new LanguageClient('domxml', 'domxml', server, {
    documentSelector: [{ language: 'libvirt-domain' }],
    synchronize: {
      configurationSection: 'domxml',
      fileEvents: workspace.createFileSystemWatcher('**/{domxml.yaml,domxml.yml,domxml.json,package.json}'),
    },
  })
  await client.start()
}

export async function deactivate(): Promise<void> {
  await client?.stop()
}
