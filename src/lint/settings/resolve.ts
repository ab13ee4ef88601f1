import ignore, { type Ignore } from 'ignore'
import type { Config } from './config.ts'
import { type Circumstance, defaultSettings, type Settings } from './settings.ts'

type PerFile = Omit<NonNullable<Config['overrides']>[number], 'files'>

/** What the command line says; it wins over every file. */
export interface GivenSettings extends Circumstance {
  readonly strict?: boolean | undefined
  readonly requireReason?: boolean | undefined
  readonly failOn?: Settings['failOn'] | undefined
  readonly rules?: Settings['rules'] | undefined
}

/** The settings of a configuration for each of its files; `locate` makes a path of the configuration one of the process. */
export class ResolvedConfig {
  readonly #config: Config
  readonly #given: GivenSettings
  /** A path of the configuration as one of the process. */
  readonly locate: (path: string) => string
  readonly #ignored: Ignore
  readonly #overrides: readonly { readonly files: Ignore; readonly settings: PerFile }[]
  /** Files with the same overrides have the same settings object. */
  readonly #known = new Map<string, Settings>()

  constructor(config: Config, given: GivenSettings, locate: (path: string) => string = (path) => path) {
    this.#config = config
    this.#given = given
    this.locate = locate
    this.#ignored = ignore().add([...(config.ignore ?? [])])
    this.#overrides = (config.overrides ?? []).map(({ files, ...settings }) => ({
      files: ignore().add([...files]),
      settings,
    }))
  }

  /** No file is ignored, and all have the same settings: whatever the path. */
  get isUniform(): boolean {
    return !this.#config.ignore?.length && this.#overrides.length === 0
  }

  /** @param path relative to the configuration, with `/`; one outside its folder is never ignored */
  ignores(path: string): boolean {
    return ignore.isPathValid(path) && this.#ignored.ignores(path)
  }

  settingsFor(path: string): Settings {
    const valid = ignore.isPathValid(path)
    const chosen = this.#overrides.filter(({ files }) => valid && files.ignores(path))
    const key = chosen.map((it) => this.#overrides.indexOf(it)).join()
    let settings = this.#known.get(key)
    if (settings === undefined) {
      settings = this.#merge(chosen.map((it) => it.settings))
      this.#known.set(key, settings)
    }
    return settings
  }

  #merge(overrides: readonly PerFile[]): Settings {
    const layers: readonly PerFile[] = [this.#config, ...overrides]
    const last = <K extends keyof PerFile & keyof GivenSettings>(key: K): PerFile[K] | GivenSettings[K] =>
      this.#given[key] ?? layers.findLast((layer) => layer[key] !== undefined)?.[key]
    const { capabilities: file, host } = { capabilities: last('capabilities'), host: last('host') }
    const circumstance: Circumstance = {
      libvirt: last('libvirt'),
      qemu: last('qemu'),
      capabilities: this.#given.capabilities ?? (file && this.locate(file)),
      host: this.#given.host ?? (host && looksLikeFile(host) ? this.locate(host) : host),
      hostCpu: last('hostCpu'),
      strictHost: last('strictHost'),
      defineOnly: last('defineOnly'),
      existing: last('existing'),
    }
    return {
      circumstance: onlyOneTable(circumstance, this.#given),
      rules: [...layers.flatMap(({ rules }) => Object.entries(rules ?? {})), ...(this.#given.rules ?? [])],
      requireReason: last('requireReason') ?? defaultSettings.requireReason,
      strict: last('strict') ?? defaultSettings.strict,
      failOn: last('failOn') ?? defaultSettings.failOn,
    }
  }
}

/** A built-in host has a name, a file an extension or a folder. */
function looksLikeFile(host: string): boolean {
  return /[./\\]/.test(host)
}

/** `--qemu` and `--capabilities` exclude each other: what the command line names puts out what the file names. */
function onlyOneTable(circumstance: Circumstance, given: GivenSettings): Circumstance {
  if (given.qemu !== undefined && given.capabilities === undefined) return { ...circumstance, capabilities: undefined }
  if (given.capabilities !== undefined && given.qemu === undefined) return { ...circumstance, qemu: undefined }
  return circumstance
}
