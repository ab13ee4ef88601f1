import { list, type Of, oneOf, optional, record, text } from '../json/shape.ts'

/** Formats that are told by their header. */
export const imageFormats = ['raw', 'qcow', 'qcow2', 'qed', 'vmdk', 'vdi', 'vpc', 'vhdx', 'luks'] as const

export type ImageFormat = (typeof imageFormats)[number]

export const imageShape = record('An image: what its header says.', {
  path: text('Its absolute path.'),
  type: oneOf('Kind of storage.', 'file', 'block'),
  format: oneOf('Its format by its header.', ...imageFormats),
  backing: optional(
    record('The image below it; missing: there is none.', {
      path: text('Its absolute path, or its name as it stands in the header where it is no file.'),
      format: optional(text('Its format, where the header says so.')),
    }),
  ),
})

export const imagesShape = list('Images whose headers were read (host record --images).', imageShape)

export type ImageFacts = Of<typeof imageShape>
