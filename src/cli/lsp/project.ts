import { fileURLToPath } from 'node:url'
import { type Capabilities, isArch } from '../../capabilities/capabilities.ts'
import { conclude } from '../../lint/conclude.ts'
import type { Finding } from '../../lint/finding.ts'
import { inspect, type Target } from '../../lint/inspect.ts'
import { defaultSettings, type Settings } from '../../lint/settings/settings.ts'
import { attributeOfOutline, type Document, elementsAt } from '../../lsp/outline.ts'
import { readConfigFile } from '../lint/config-file.ts'
import { Configs, isIgnored, settingsOf } from '../lint/configs.ts'
import { Targets } from '../lint/targets.ts'
import { UsageError } from '../status.ts'
import { circumstanceOf, type EditorSettings } from './settings.ts'

/** What holds for a document: the configuration beside it, under what the editor says. */
interface Held {
  readonly settings: Settings
  readonly ignored: boolean
}

/** Answers with what the project says: findings are those of `domxml lint`. A problem with the project is told once. */
export class Project {
  readonly #tell: (problem: string) => void
  readonly #told = new Set<string>()
  #editor: EditorSettings
  #configs: Configs
  #targets = new Targets()

  constructor(editor: EditorSettings, tell: (problem: string) => void) {
    this.#tell = tell
    this.#editor = editor
    this.#configs = new Configs(circumstanceOf(editor), undefined, readConfigFile)
  }

  use(editor: EditorSettings): void {
    this.#editor = editor
    this.#told.clear()
    this.reload()
  }

  /** Reads configurations, tables and hosts again. */
  reload(): void {
    this.#configs = new Configs(circumstanceOf(this.#editor), undefined, readConfigFile)
    this.#targets = new Targets()
  }

  /** What is found in a document: comments, levels and ignored files are those of the project. */
  async findings(uri: string, text: string): Promise<readonly Finding[]> {
    const { settings, ignored } = this.#held(uri)
    if (ignored) return []
    const inspected = await inspect(text, { name: uri, target: this.#targetOf(settings) })
    return conclude(inspected, settings).findings
  }

  /** What a document's domain is converted with; undefined where the project names nothing that can be used. */
  async target(uri: string, document: Document): Promise<Target | undefined> {
    const target = await this.#targetOf(this.#held(uri).settings)(archOf(document))
    if (typeof target !== 'string') return target
    this.#sayOnce(target)
    return undefined
  }

  async capabilities(uri: string, document: Document): Promise<Capabilities | undefined> {
    return (await this.target(uri, document))?.capabilities
  }

  #targetOf({ circumstance }: Settings) {
    try {
      return this.#targets.for(circumstance)
    } catch (error) {
      this.#sayOnce(reasonOf(error))
      return this.#targets.for({})
    }
  }

  #held(uri: string): Held {
    if (!uri.startsWith('file:'))
      return { settings: { ...defaultSettings, circumstance: circumstanceOf(this.#editor) }, ignored: false }
    const path = fileURLToPath(uri)
    try {
      const found = this.#configs.for(path)
      return { settings: settingsOf(found, path), ignored: isIgnored(found, path) }
    } catch (error) {
      this.#sayOnce(reasonOf(error))
      return { settings: { ...defaultSettings, circumstance: circumstanceOf(this.#editor) }, ignored: false }
    }
  }

  #sayOnce(problem: string): void {
    if (this.#told.has(problem)) return
    this.#told.add(problem)
    this.#tell(problem)
  }
}

/** Only what the user did wrong is told; a defect of ours is not. */
function reasonOf(error: unknown): string {
  if (error instanceof UsageError) return error.message
  throw error
}

function archOf({ roots }: Document) {
  const type = elementsAt(
    roots.find(({ name }) => name === 'domain'),
    'os',
    'type',
  )[0]
  const arch = type && attributeOfOutline(type, 'arch')?.value
  return arch !== undefined && isArch(arch) ? arch : 'x86_64'
}
