import { lstatSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

/** Links followed before a path is taken to be a loop. */
const mostLinks = 40

/**
 * Where a path of another root lies on this machine: links are followed as they would be there, so that none leads out
 * of the root. What is not there is only put together.
 */
export function pathBelow(root: string, path: string): string {
  const ahead = path.split('/').reverse()
  let done: string[] = []
  let links = 0
  while (ahead.length > 0) {
    const name = ahead.pop()
    if (name === undefined || name === '' || name === '.') continue
    if (name === '..') {
      done.pop()
      continue
    }
    const target = linkAt(join(root, ...done, name))
    if (target === undefined) {
      done.push(name)
      continue
    }
    links += 1
    if (links > mostLinks) throw new Error(`${path} leads through too many links`)
    if (target.startsWith('/')) done = []
    ahead.push(...target.split('/').reverse())
  }
  return join(root, ...done)
}

function linkAt(path: string): string | undefined {
  try {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : undefined
  } catch {
    return undefined
  }
}
