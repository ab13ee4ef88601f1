import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { basename, join } from 'node:path'

/**
 * The little of a file system that recording needs. Paths are below the root, e.g. `sys/bus/pci/devices`. What cannot be
 * read (gone, no permission, no such file on this kernel) is undefined, never an exception.
 */
export interface TreeReader {
  /** The file's text without the white space around it. */
  text(path: string): string | undefined
  /** Names in a folder, sorted. */
  list(path: string): string[] | undefined
  /** Last part of what a symbolic link points at. */
  linkName(path: string): string | undefined
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

/** Reads the tree below `root`: `/` for this machine. */
export function treeReader(root: string): TreeReader {
  return {
    text: (path) => attempt(() => readFileSync(join(root, path), 'utf8').trim()),
    list: (path) => attempt(() => readdirSync(join(root, path)).sort()),
    linkName: (path) => attempt(() => basename(readlinkSync(join(root, path)))),
  }
}

/** A whole number in a file, decimal or with `0x`. */
export function numberIn(reader: TreeReader, path: string): number | undefined {
  const text = reader.text(path)
  return text !== undefined && /^(\d+|0x[0-9a-f]+)$/i.test(text) ? Number(text) : undefined
}

/** The names in a folder that are `prefix` and a number, by number: `node0`, `node1`, `node10`. */
export function numbered(reader: TreeReader, path: string, prefix: string): [number: number, name: string][] {
  return (reader.list(path) ?? [])
    .filter((name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))
    .map((name): [number, string] => [Number(name.slice(prefix.length)), name])
    .sort(([a], [b]) => a - b)
}
