import { basename, dirname, relative, resolve, sep } from 'node:path'
import { lilconfigSync } from 'lilconfig'
import { hasErrors } from '../../diagnostic/diagnostic.ts'
import { type Inspected, unread } from '../../lint/inspect.ts'
import { type Config, type ConfigLanguage, readConfig } from '../../lint/settings/config.ts'
import { type GivenSettings, ResolvedConfig } from '../../lint/settings/resolve.ts'
import type { Settings } from '../../lint/settings/settings.ts'
import { unknownCodes } from '../../lint/settings/unknown-codes.ts'
import { readText } from '../read-up-to.ts'
import { reportText, wantsColour } from '../report.ts'
import { UsageError } from '../status.ts'

/** A configuration with the folder that its paths are relative to. */
export interface FoundConfig {
  readonly folder: string
  /** Undefined where there is no file. */
  readonly path: string | undefined
  readonly config: Config
  readonly resolved: ResolvedConfig
  /** What is wrong with the file itself, although it can be used. */
  readonly findings: Inspected | undefined
}

const places = ['domxml.yaml', 'domxml.yml', 'domxml.json', 'package.json']

/** Finds, for each file, the configuration in its folder or above. */
export class Configs {
  readonly #given: GivenSettings
  readonly #read = new Map<string, FoundConfig>()
  readonly #byFolder = new Map<string, FoundConfig>()
  readonly #only: FoundConfig | undefined
  readonly #search = lilconfigSync('domxml', {
    searchPlaces: places,
    stopDir: resolve(sep),
    loaders: { '.yaml': () => true, '.yml': () => true, '.json': holdsConfig },
  })

  /** @param only the one configuration of `--config`, or false for none at all */
  constructor(given: GivenSettings, only: string | false | undefined) {
    this.#given = given
    if (only === false) this.#only = this.#found(process.cwd(), undefined, {})
    else if (only !== undefined) this.#only = this.#load(resolve(only))
  }

  for(file: string): FoundConfig {
    if (this.#only !== undefined) return this.#only
    const folder = dirname(resolve(file))
    let found = this.#byFolder.get(folder)
    if (found === undefined) {
      const path = this.#search.search(folder)?.filepath
      found = path === undefined ? this.#found(process.cwd(), undefined, {}) : this.#load(path)
      this.#byFolder.set(folder, found)
    }
    return found
  }

  #load(path: string): FoundConfig {
    const known = this.#read.get(path)
    if (known !== undefined) return known
    const { config, findings } = readConfigFile(path)
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
  return found.resolved.ignores(nameIn(found, file))
}

export function settingsOf(found: FoundConfig, file: string): Settings {
  return found.resolved.settingsFor(nameIn(found, file))
}

/** A package.json is a configuration only where it has the key. What a file says is read later, with its places. */
function holdsConfig(path: string, text: string): unknown {
  return basename(path) === 'package.json' ? { domxml: /"domxml"\s*:\s*\{/.test(text) || undefined } : true
}

function readConfigFile(path: string): Pick<FoundConfig, 'config' | 'findings'> {
  let text: string
  try {
    text = readText(path)
  } catch {
    throw new UsageError(`${path}: the configuration cannot be read`)
  }
  const { value, places, diagnostics } = readConfig(text, languageOf(path))
  if (value !== undefined && !hasErrors(diagnostics)) {
    const found = unknownCodes(value, places)
    return { config: value, findings: found.length > 0 ? unread(relative('', path), text, found) : undefined }
  }
  throw new UsageError(reportText({ name: path, text, diagnostics, secrets: [] }, wantsColour(process.stderr)))
}

function languageOf(path: string): ConfigLanguage {
  if (basename(path) === 'package.json') return 'package.json'
  return path.endsWith('.json') ? 'json' : 'yaml'
}
