import { pathToFileURL } from 'node:url'
import { globSync } from 'tinyglobby'
import type { SilentRow } from '../../src/codec/silent.ts'

/** What one slice, or the shared fragments, list as silent. */
export interface SilentList {
  /** `src/devices/disk/silent.ts`. */
  readonly file: string
  readonly rows: readonly SilentRow[]
}

/** The lists of all slices. */
export async function silentLists(): Promise<SilentList[]> {
  const files = globSync('src/**/silent.ts', { ignore: 'src/codec/**' }).sort()
  return Promise.all(files.map(async (file) => ({ file, rows: (await import(pathToFileURL(file).href)).silent })))
}

/** Whether a path of XML names is one that a slice lists. */
export function listedBy({ file }: SilentList, pattern: string, path: string): boolean {
  const [, kind, name] = /^src\/(devices|sections|fragments)\/(?:(.*)\/)?silent\.ts$/.exec(file) ?? []
  const root = kind === 'devices' ? `/domain/devices/${name}` : '/domain'
  if (path !== root && !path.startsWith(`${root}/`)) return false
  const below = path.slice(root.length + 1)
  const inside = `${below}/`
  if (pattern === '.' || pattern.endsWith('/.')) return below === pattern.slice(0, -2)
  if (kind === 'fragments') return `/${inside}`.includes(`/${pattern}/`)
  if (pattern.startsWith('*/')) return `/${inside}`.includes(`${pattern.slice(1)}/`)
  return inside.startsWith(`${pattern}/`)
}

/** The rows about one element of the domain: a device kind, or a child of the domain. */
export function rowsAbout(lists: readonly SilentList[], name: string, kind: 'device' | 'section'): SilentRow[] {
  if (kind === 'device') return lists.find(({ file }) => file === `src/devices/${name}/silent.ts`)?.rows.slice() ?? []
  const own = (path: string) => path === name || path.startsWith(`${name}/`)
  const below = (path: string) => (path === name ? '.' : path.slice(name.length + 1))
  return lists
    .filter(({ file }) => file.startsWith('src/sections/'))
    .flatMap(({ rows }) => rows.map((row) => ({ ...row, paths: row.paths.filter(own).map(below) })))
    .filter(({ paths }) => paths.length > 0)
}
