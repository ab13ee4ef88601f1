import { basename, dirname, relative, resolve, sep } from 'node:path'
import { lilconfigSync } from 'lilconfig'
import type { Inspected } from '../../lint/inspect.ts'
import type { Config } from '../../lint/settings/config.ts'
import { type GivenSettings, ResolvedConfig } from '../../lint/settings/resolve.ts'
import type { Settings } from '../../lint/settings/settings.ts'
import type { FoundConfig, ReadConfigFile } from './found-config.ts'

const places = ['domxml.yaml', 'domxml.yml', 'domxml.json', 'package.json']

/** Finds, for each file, the configuration in its folder or above. */
export class Configs {
  readonly #given: GivenSettings
  #reader: ReadConfigFile | undefined
  readonly #read = new Map<string, FoundConfig>()
  readonly #byFolder = new Map<string, string | undefined>()
  readonly #only: string | false | undefined
  readonly #search = lilconfigSync('domxml', {
    searchPlaces: places,
    stopDir: resolve(sep),
    loaders: { '.yaml': () => true, '.yml': () => true, '.json': holdsConfig },
  })

  /**
   * @param only the one configuration of `--config`, or false for none at all
   * @param reader where absent, `prepare` loads it
   */
  constructor(given: GivenSettings, only: string | false | undefined, reader?: ReadConfigFile) {
    this.#given = given
    this.#only = only === undefined || only === false ? only : resolve(only)
    this.#reader = reader
  }

  /** Loads what reads configurations (YAML, all known codes), if any of these files has one: most runs have none. */
  async prepare(files: readonly string[]): Promise<void> {
    if (files.every((file) => this.#pathFor(file) === undefined)) return
    this.#reader ??= (await import('./config-file.ts')).readConfigFile
  }

  for(file: string): FoundConfig {
    const path = this.#pathFor(file)
    return path === undefined ? this.#found(process.cwd(), undefined, {}) : this.#load(path)
  }

  #pathFor(file: string): string | undefined {
    if (this.#only !== undefined) return this.#only || undefined
    const folder = dirname(resolve(file))
    if (!this.#byFolder.has(folder)) this.#byFolder.set(folder, this.#search.search(folder)?.filepath)
    return this.#byFolder.get(folder)
  }

  #load(path: string): FoundConfig {
    const known = this.#read.get(path)
    if (known !== undefined) return known
    if (this.#reader === undefined) throw new Error('a configuration is read before it was prepared for')
    const { config, findings } = this.#reader(path)
    const found = this.#found(dirname(path), path, config, findings)
    this.#read.set(path, found)
    return found
  }

  #found(folder: string, path: string | undefined, config: Config, findings?: Inspected): FoundConfig {
    const known = path === undefined ? this.#read.get('') : undefined
    if (known !== undefined) return known
    const resolved = new ResolvedConfig(config, this.#given, (name) => resolve(folder, name))
    const found = { folder, path, config, resolved, findings }
    if (path === undefined) this.#read.set('', found)
    return found
  }
}

/** The name of a file as its configuration sees it. */
export function nameIn({ folder }: FoundConfig, file: string): string {
  return relative(folder, resolve(file)).split(sep).join('/')
}

export function isIgnored(found: FoundConfig, file: string): boolean {
  return !found.resolved.isUniform && found.resolved.ignores(nameIn(found, file))
}

export function settingsOf(found: FoundConfig, file: string): Settings {
  return found.resolved.settingsFor(found.resolved.isUniform ? '' : nameIn(found, file))
}

/** A package.json is a configuration only where it has the key. What a file says is read later, with its places. */
function holdsConfig(path: string, text: string): unknown {
  return basename(path) === 'package.json' ? { domxml: /"domxml"\s*:\s*\{/.test(text) || undefined } : true
}
