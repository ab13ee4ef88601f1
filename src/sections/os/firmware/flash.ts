import { of, rule } from '../../../argv/piece.ts'
import type { Context } from '../../../context/context.ts'
import { startKey } from '../../../context/start.ts'
import { type SourceByType, sourceElements } from '../../../fragments/storage-source/element.ts'
import { mayHaveBacking } from '../../../parts/storage-source/format-layer.ts'
import { type Image, mayBeBare, topNode } from '../../../parts/storage-source/image.ts'
import { type OpenedImage, openImage } from '../../../parts/storage-source/opened.ts'
import { dated } from '../../../release/dated.ts'
import type { Loader, Nvram } from './element.ts'

/** A flash device of the machine: how its image is opened, and the node it refers to. */
export interface Flash {
  readonly opened: OpenedImage
  readonly node: string
}

const flashes = startKey<readonly Flash[]>('firmware/flashes')

/** Flash 0 holds the firmware, flash 1 its variables; none for a BIOS. */
export function flashesOf(context: Context): readonly Flash[] {
  return context.start.get(flashes, context.definition.os) ?? []
}

/** What is said of the image below: nothing, or that there is none. */
const chainEnd = dated<null | undefined>(undefined, ['11.3', null])

export function openFlashes(context: Context): void {
  const { os } = context.definition
  if (os.loader?.type !== 'pflash' || os.loader.value === undefined) return
  const images = [codeImage(os.loader, os.loader.value, context)]
  if (os.nvram) images.push(variablesImage(os.nvram, context))
  context.start.set(
    flashes,
    os,
    images.map((image) => ({
      opened: openImage(image, mayHaveBacking(image.format.value) ? context.plan.at(chainEnd) : undefined, context),
      node: topNode(image),
    })),
  )
}

const plain = {
  driver: undefined,
  cache: undefined,
  top: true,
  floppy: false,
  encryption: undefined,
  metadataCache: undefined,
  mayBeBare: 'none',
  writableDescriptor: undefined,
} as const

/** A path that stands as text, as a source like a disk's. */
function fileAt(path: string, owner: { readonly value: string | undefined }, context: Context): SourceByType {
  const origin = context.origins.of(owner, 'value')
  const source = sourceElements.file.create({ file: path })
  if (origin) context.made(source, origin)
  return { type: 'file', source }
}

function codeImage(loader: Loader, path: string, context: Context): Image {
  return {
    ...plain,
    prefix: 'libvirt-pflash0',
    alias: 'pflash0',
    located: fileAt(path, loader, context),
    format: { value: loader.format ?? 'raw', from: loader.format ? of(loader, 'format') : rule('firmware/raw') },
    readOnly: { value: loader.readonly === true, from: of(loader, 'readonly') },
    auth: undefined,
  }
}

function variablesImage(nvram: Nvram, context: Context): Image {
  return {
    ...plain,
    prefix: 'libvirt-pflash1',
    alias: 'pflash1',
    located: nvram.type === undefined ? fileAt(nvram.value ?? '', nvram, context) : nvram,
    format: { value: nvram.format ?? 'raw', from: nvram.format ? of(nvram, 'format') : rule('firmware/raw') },
    readOnly: { value: false, from: rule('firmware/variables-written') },
    mayBeBare: mayBeBare(context),
    auth: nvram.source?.auth,
    encryption: nvram.source?.encryption,
  }
}
