import { parseDomain } from '../../pipeline/parse.ts'
import { archOf, CircumstanceLoader, type Circumstances } from '../circumstances.ts'
import { UsageError } from '../status.ts'
import type { Settings } from './settings.ts'

/** Loads QEMU and host by the settings, once; a setting that cannot be used is told once, and left out. */
export class LspCircumstances {
  readonly #tell: (problem: string) => void
  #loader = new CircumstanceLoader({})
  #settings: Settings | undefined
  #told = false

  constructor(tell: (problem: string) => void) {
    this.#tell = tell
  }

  use(settings: Settings): void {
    if (JSON.stringify(settings) === JSON.stringify(this.#settings)) return
    this.#settings = settings
    this.#told = false
    try {
      this.#loader = new CircumstanceLoader(settings)
    } catch (error) {
      this.#fallBack(error)
    }
  }

  async of(text: string): Promise<Circumstances> {
    const arch = archOf(parseDomain(text))
    try {
      return await this.#loader.load(arch)
    } catch (error) {
      this.#fallBack(error)
      return this.#loader.load(arch)
    }
  }

  #fallBack(error: unknown): void {
    if (!(error instanceof UsageError)) throw error
    if (!this.#told) this.#tell(error.message)
    this.#told = true
    this.#loader = new CircumstanceLoader({})
  }
}
