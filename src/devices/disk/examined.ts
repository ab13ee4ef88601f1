import type { Context } from '../../context/context.ts'
import { type SourceByType, sourceElements } from '../../fragments/storage-source/element.ts'
import { asked } from '../../host/asked.ts'
import type { ImageFacts } from '../../host/images.ts'
import { hostFact } from '../../origin/origin.ts'
import { mayHaveBacking } from '../../parts/storage-source/format-layer.ts'
import type { Image } from '../../parts/storage-source/image.ts'
import { localPath } from './paths.ts'

/** An image that a start finds below another one: where it is, and its format. */
export interface FoundImage {
  readonly located: SourceByType
  readonly format: Image['format']
}

/**
 * What a start finds when it looks into an image (formatdomain, "backingStore": "if absent, libvirt detects the chain").
 * `end`: nothing lies below; `unseen`: nobody looks into images of this kind.
 */
export function lookBelow(image: Image, seen: Set<string>, context: Context): FoundImage | 'end' | 'unseen' {
  const path = localPath(image.located)
  if (path === undefined || context.options.unprobed) return 'unseen'
  if (!mayHaveBacking(image.format.value)) return 'end'
  const at = image.located.source ?? image.located
  seen.add(path)
  const known = context.host.images?.find((it) => it.path === path)
  if (known === undefined) {
    context.inquiry.assume(asked.images, { at, says: 'none' })
    return 'end'
  }
  if (known.backing === undefined) return 'end'
  if (seen.has(known.backing.path)) {
    context.error({
      code: 'disk/backing-loop',
      message: `The image ${path} lies below itself: its chain comes back to ${known.backing.path}.`,
      hint: 'Give one of them another backing file: `qemu-img rebase -u`.',
      at,
      when: 'start',
    })
    return 'end'
  }
  return placed(known.backing, at, path, context)
}

function placed(
  backing: NonNullable<ImageFacts['backing']>,
  at: object,
  above: string,
  context: Context,
): FoundImage | 'end' {
  const below = context.host.images?.find((it) => it.path === backing.path)
  const { value } = context.ask(asked.image(backing.path), below, { at })
  if (value === undefined) return 'end'
  // Without a word in the header only a raw image is let through: a guest could have written any other header.
  const format = backing.format ?? (value.format === 'raw' ? 'raw' : undefined)
  if (format === undefined) {
    context.error({
      code: 'disk/backing-format',
      message: `The header of ${above} does not say of which format ${backing.path} is, and it is not raw.`,
      hint: `Write it there: \`qemu-img rebase -u -F ${value.format} -b ${backing.path} ${above}\`.`,
      at,
      when: 'start',
    })
    return 'end'
  }
  const reason = hostFact(`header of ${above}`)
  const located: SourceByType =
    value.type === 'block'
      ? { type: 'block', source: context.made(sourceElements.block.create({ dev: value.path }), reason) }
      : { type: 'file', source: context.made(sourceElements.file.create({ file: value.path }), reason) }
  return { located, format: { value: format, from: reason } }
}
