import type { HeaderBacking, HeaderFormat, ReadBytes } from './header.ts'

const sector = 512
/** A descriptor longer than this is none. */
const longestDescriptor = 20 * sector

/** The descriptor of a sparse image names the image below (source: VMware's "Virtual Disk Format"). Numbers are little-endian. */
export const vmdk: HeaderFormat = {
  format: 'vmdk',
  magic: [0, 'KDMV'],
  backing: (view, read) => {
    const offset = Number(view.getBigUint64(28, true)) * sector
    const length = Number(view.getBigUint64(36, true)) * sector
    return offset === 0 ? undefined : parentIn(read, offset, length)
  },
}

/** A descriptor that stands in a file of its own. */
export const vmdkDescriptor: HeaderFormat = {
  format: 'vmdk',
  magic: [0, '# Disk DescriptorFile'],
  backing: (_view, read) => parentIn(read, 0, longestDescriptor),
}

function parentIn(read: ReadBytes, offset: number, length: number): HeaderBacking | undefined {
  const text = new TextDecoder().decode(read(offset, Math.min(length, longestDescriptor)))
  const [, parent] = /^parentCID=(\w+)/im.exec(text) ?? []
  const [, name] = /^parentFileNameHint="(.*?)"/im.exec(text) ?? []
  return parent === undefined || /^f{8}$/i.test(parent) || name === undefined ? undefined : { name, format: 'vmdk' }
}
