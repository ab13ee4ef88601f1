import { closeSync, constants, fstatSync, openSync } from 'node:fs'
import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import { own } from '../../own.ts'
import { DEFAULT_LIMITS } from '../../xml/limits.ts'
import { malformed } from '../../xml/malformed.ts'
import { readInput } from '../input.ts'
import { readUpTo } from '../read-up-to.ts'

/** The bytes of a file, or why there are none. */
export type ReadFile = { readonly bytes: Uint8Array } | { readonly problem: Diagnostic }

/** What a shell hands over in place of a file: `<(virsh dumpxml guest)`. */
const handed = /^\/(dev\/(stdin|fd\/\d+)|proc\/self\/fd\/\d+)$/

/**
 * Reads a file. What cannot be read costs itself alone: a pipe is not waited for, and no more is read than a document may
 * have. Raises `file/missing`, `file/unreadable`, `file/not-a-file`, `xml/input-too-large`.
 */
export async function readFileForLint(path: string): Promise<ReadFile> {
  if (handed.test(path)) return { bytes: (await readInput(path)).bytes }
  let file: number | undefined
  try {
    // A worker has one file at a time: there is nothing to do meanwhile, and a promise costs as much as the file.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    const stats = fstatSync(file)
    if (!stats.isFile()) return { problem: notAFile(stats.isDirectory()) }
    const limit = DEFAULT_LIMITS.input
    if (stats.size > limit) return { problem: malformed.inputTooLarge(limit)(0, 0) }
    return { bytes: readUpTo(file, Math.max(stats.size, 4096) + 1, limit + 1, stats.size) }
  } catch (error) {
    return { problem: unreadable(error) }
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

function notAFile(isFolder: boolean): Diagnostic {
  return {
    code: 'file/not-a-file',
    severity: 'error',
    message: isFolder ? 'It is a folder, not a file.' : 'It is a pipe, a socket or a device, not a file.',
    hint: 'Give the content on standard input: `domxml lint -`.',
  }
}

const reasons: { readonly [code: string]: string } = {
  EACCES: 'There is no permission to read it.',
  ELOOP: 'Its symbolic links lead in a circle.',
  ENXIO: 'Nothing answers at this socket or device.',
}

function unreadable(error: unknown): Diagnostic {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return {
      code: 'file/missing',
      severity: 'error',
      message: 'There is no such file.',
      hint: 'Check its name; a pattern stands in quotes, so that no shell takes it for its own.',
    }
  }
  return {
    code: 'file/unreadable',
    severity: 'error',
    message: own(reasons, code) ?? `It cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    hint: 'Give permission, or leave the file out.',
  }
}
