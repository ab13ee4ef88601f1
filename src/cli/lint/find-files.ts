import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import ignore, { type Ignore } from 'ignore'
import { statsOf } from './stats-of.ts'

export interface FoundFiles {
  /** As they are shown, in order of their names; each file once. */
  readonly names: readonly string[]
  /** Patterns and folders that hold no file. */
  readonly empty: readonly string[]
}

/** Folders that are never looked into. */
const skipped = ['**/.git/**', '**/node_modules/**']

/**
 * The files that paths stand for: a file is itself (also where it does not exist: reading it says so), a folder all `*.xml`
 * in it, as far as `.gitignore` does not ignore them, a pattern what it matches. `-` stays.
 */
export async function findFiles(paths: readonly string[], cwd = process.cwd()): Promise<FoundFiles> {
  const found = new Map<string, string>()
  const empty: string[] = []
  const gitignore = new GitIgnore()
  for (const path of paths) {
    const names = await filesOf(path, cwd, gitignore)
    if (names.length === 0) empty.push(path)
    for (const name of names) {
      const key = name === '-' ? name : resolve(cwd, name)
      if (!found.has(key)) found.set(key, name)
    }
  }
  return { names: [...found.values()].sort(), empty }
}

async function filesOf(path: string, cwd: string, gitignore: GitIgnore): Promise<string[]> {
  if (path === '-') return [path]
  const stats = statsOf(resolve(cwd, path))
  if (stats !== undefined && !stats.isDirectory()) return [path]
  // A file that is named needs no search.
  const { glob, isDynamicPattern } = await import('tinyglobby')
  if (stats !== undefined) {
    const inside = await glob('**/*.xml', {
      cwd: resolve(cwd, path),
      ignore: skipped,
      followSymbolicLinks: false,
      expandDirectories: false,
    })
    return inside.map((name) => join(path, name)).filter((name) => !gitignore.ignores(resolve(cwd, name)))
  }
  if (!isDynamicPattern(path)) return [path]
  const matched = await glob(path, { cwd, ignore: skipped, followSymbolicLinks: false, expandDirectories: false })
  return matched.filter((name) => !gitignore.ignores(resolve(cwd, name)))
}

/** What git ignores by the `.gitignore` files of a repository (or of the folders above, where there is none). */
class GitIgnore {
  readonly #folders = new Map<string, readonly (readonly [folder: string, rules: Ignore])[]>()

  ignores(file: string): boolean {
    // The deepest file that says something about a path decides.
    for (const [folder, rules] of this.#rulesFor(dirname(file))) {
      const { ignored, unignored } = rules.test(relative(folder, file).split(sep).join('/'))
      if (ignored) return true
      if (unignored) return false
    }
    return false
  }

  /** From the deepest folder up to the root of the repository. */
  #rulesFor(folder: string): readonly (readonly [string, Ignore])[] {
    const known = this.#folders.get(folder)
    if (known !== undefined) return known
    const parent = dirname(folder)
    const isTop = parent === folder || existsSync(join(folder, '.git'))
    const above = isTop ? [] : this.#rulesFor(parent)
    const text = textOf(join(folder, '.gitignore'))
    const rules = text === undefined ? above : [[folder, ignore().add(text)] as const, ...above]
    this.#folders.set(folder, rules)
    return rules
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
