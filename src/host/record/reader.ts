import { Buffer } from 'node:buffer'
import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readlinkSync, readSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathBelow } from './path-below.ts'

export type FileKind = 'file' | 'block' | 'char' | 'dir' | 'other'

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
  /** What stands there, links followed. */
  kind(path: string): FileKind | undefined
  /** A part of a file; shorter where the file ends. */
  bytes(path: string, offset: number, length: number): Uint8Array | undefined
  /** Size of a file in bytes. */
  size(path: string): number | undefined
  /** Paths that are there and that this user may not read. */
  readonly denied: ReadonlySet<string>
}

/** Reads the tree below `root`: `/` for this machine. Absolute links stay below it. */
export function treeReader(root: string): TreeReader {
  const denied = new Set<string>()
  const locate = (path: string) => (root === '/' ? join(root, path) : pathBelow(root, path))
  function attempt<T>(path: string, read: () => T): T | undefined {
    try {
      return read()
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === 'EACCES' || code === 'EPERM') denied.add(path)
      return undefined
    }
  }
  return {
    denied,
    text: (path) => attempt(path, () => readFileSync(locate(path), 'utf8').trim()),
    list: (path) => attempt(path, () => readdirSync(locate(path)).sort()),
    linkName: (path) => attempt(path, () => basename(readlinkSync(join(root, path)))),
    kind: (path) =>
      attempt(path, () => {
        const found = statSync(locate(path))
        if (found.isFile()) return 'file'
        if (found.isDirectory()) return 'dir'
        if (found.isBlockDevice()) return 'block'
        return found.isCharacterDevice() ? 'char' : 'other'
      }),
    size: (path) => attempt(path, () => statSync(locate(path)).size),
    bytes: (path, offset, length) => attempt(path, () => part(locate(path), offset, length)),
  }
}

/** Opens files and devices that hold bytes only: a pipe would never end. */
function part(path: string, offset: number, length: number): Uint8Array {
  const kind = statSync(path)
  if (!kind.isFile() && !kind.isBlockDevice() && !kind.isCharacterDevice()) throw new Error(`${path} holds no bytes`)
  const file = openSync(path, 'r')
  try {
    if (fstatSync(file).isFIFO()) throw new Error(`${path} is a pipe`)
    const buffer = Buffer.alloc(length)
    const read = readSync(file, buffer, 0, length, offset)
    return buffer.subarray(0, read)
  } finally {
    closeSync(file)
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
