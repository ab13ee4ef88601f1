import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { ReleaseName } from '../../src/release/release.ts'
import type { MapLines } from './map.ts'

/** The lines of a map that a release installs, as `npm run record:cpu-map` keeps them. */
export interface RecordedMap {
  readonly since: ReleaseName
  readonly families: readonly MapLines[]
}

const folder = new URL('../cpu-maps/', import.meta.url)

export function urlOf(release: string): URL {
  return new URL(`${release}.json`, folder)
}

/** From the oldest release to the newest. */
export function recordedMaps(): RecordedMap[] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  return names.map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as RecordedMap)
}
