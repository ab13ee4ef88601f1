import { type Stats, statSync } from 'node:fs'

/** What a path names; undefined where nobody can tell (links in a circle, a folder that is closed): reading it says why. */
export function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}
