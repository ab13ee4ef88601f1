import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import type { HostFile } from '../file.ts'
import { type HeaderBacking, readImageHeader } from '../image-header/index.ts'
import type { ImageFacts } from '../images.ts'
import type { TreeReader } from './reader.ts'

/**
 * Images and all that lie below them, by their headers; no more than the header is read. An image that cannot be read is
 * left out (`host/no-image`, warning); one that lies below itself is told (`host/image-loop`, error).
 */
export function recordImages(
  reader: TreeReader,
  paths: readonly string[],
): { file: HostFile; diagnostics: readonly Diagnostic[] } {
  if (paths.length === 0) return { file: {}, diagnostics: [] }
  const known = new Map<string, ImageFacts>()
  const diagnostics: Diagnostic[] = []
  for (const path of paths) follow(path, reader, known, diagnostics)
  return { file: { images: [...known.values()] }, diagnostics }
}

function follow(top: string, reader: TreeReader, known: Map<string, ImageFacts>, diagnostics: Diagnostic[]): void {
  const chain = new Set<string>()
  for (let path: string | undefined = top; path !== undefined; ) {
    if (chain.has(path)) {
      diagnostics.push(loop(path, top))
      return
    }
    chain.add(path)
    const image: ImageFacts | undefined = known.get(path) ?? readImage(path, reader)
    if (image === undefined) {
      diagnostics.push(noImage(path, top))
      return
    }
    known.set(path, image)
    path = image.backing?.path.startsWith('/') ? image.backing.path : undefined
  }
}

function readImage(path: string, reader: TreeReader): ImageFacts | undefined {
  const kind = reader.kind(path)
  if ((kind !== 'file' && kind !== 'block') || reader.bytes(path, 0, 0) === undefined) return undefined
  const { format, backing } = readImageHeader((at, length) => reader.bytes(path, at, length) ?? new Uint8Array())
  return { path, type: kind, format, ...(backing && { backing: placed(backing, path) }) }
}

/** A relative name starts at the folder of the image that has it. */
function placed({ name, format }: HeaderBacking, image: string): NonNullable<ImageFacts['backing']> {
  const path = name.replace(/^file:(?:\/\/(?=\/))?/, '')
  const isProtocol = /^[\w+.-]+:/.test(path)
  const absolute =
    isProtocol || path.startsWith('/') ? path : normal(`${image.slice(0, image.lastIndexOf('/'))}/${path}`)
  return { path: absolute, ...(format !== undefined && { format }) }
}

function normal(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}

function noImage(path: string, top: string): Diagnostic {
  return {
    code: 'host/no-image',
    severity: 'warning',
    message:
      path === top
        ? `The image ${path} cannot be read.`
        : `The image ${path}, which lies below ${top}, cannot be read.`,
    hint: 'Record where the image is, as a user who may read it.',
  }
}

function loop(path: string, top: string): Diagnostic {
  return {
    code: 'host/image-loop',
    severity: 'error',
    message: `The chain of ${top} comes back to ${path}: the image lies below itself.`,
    hint: 'Give one of them another backing file: `qemu-img rebase -u`.',
  }
}
