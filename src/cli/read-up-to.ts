import { closeSync, openSync, readSync } from 'node:fs'

/** No file but a domain's is larger: not a host's, nor a table of capabilities. */
const MOST = 64 * 1024 * 1024

/**
 * The text of a file that says something about a conversion (a host, capabilities, settings). Throws what the file system
 * says, and where the file is too large or has no end.
 */
export function readText(path: string): string {
  const file = openSync(path, 'r')
  try {
    const bytes = readUpTo(file, 64 * 1024, MOST + 1)
    if (bytes.length > MOST) throw new Error('it is too large')
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
  } finally {
    closeSync(file)
  }
}

/**
 * Reads an open file, no more than `most` bytes of it: one may tell no size, grow meanwhile, or have no end.
 * @param size what it tells of itself; 0 says nothing (all of `/proc` has that)
 */
export function readUpTo(file: number, expected: number, most: number, size = 0): Uint8Array {
  let buffer = Buffer.alloc(Math.min(expected, most))
  let length = 0
  for (;;) {
    const read = readSync(file, buffer, length, buffer.length - length, null)
    if (read === 0) return buffer.subarray(0, length)
    length += read
    if (length === size) return buffer.subarray(0, length)
    if (length < buffer.length) continue
    if (buffer.length >= most) return buffer
    buffer = Buffer.concat([buffer], Math.min(buffer.length * 2, most))
  }
}
