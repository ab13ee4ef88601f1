import type { Inspected } from '../../lint/inspect.ts'
import type { Config } from '../../lint/settings/config.ts'
import type { ResolvedConfig } from '../../lint/settings/resolve.ts'

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

export type ReadConfigFile = (path: string) => Pick<FoundConfig, 'config' | 'findings'>
